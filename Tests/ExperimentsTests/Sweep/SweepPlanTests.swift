import Testing

@testable import Experiments

@Suite("The points of a sweep")
struct SweepPlanTests {
    private func plan(_ varied: [String], where conditions: [String] = [], label: String? = nil) throws -> SweepPlan {
        try smallPlan(varied, where: conditions, label: label)
    }

    private func kind(_ body: () throws -> SweepPlan) throws -> (InputError.Kind, String) {
        let error = try #require(throws: InputError.self) { _ = try body() }
        return (error.kind, error.description)
    }

    @Test("Several options make a grid in which the last changes fastest")
    func grid() throws {
        let plan = try plan(["clients.count=2,4", "server.settings.commit_delay=0,500us,1ms"])
        #expect(plan.points.map(\.values).prefix(4) == [["2", "0"], ["2", "500us"], ["2", "1ms"], ["4", "0"]])
        #expect(plan.points.map(\.index) == [0, 1, 2, 3, 4, 5])
        #expect(plan.points[2].scenario.settings.commitDelay == 1000)
        #expect(plan.points[5].scenario.clients[0].count == 4)
        #expect(plan.points[2].label == "count=2 commit_delay=1ms")
    }

    @Test(
        "A constraint compares what the values mean, whatever their units",
        arguments: [
            ("commit_delay<=500", ["0", "500us"]), ("server.settings.commit_delay < 1ms", ["0", "500us"]),
            ("commit_delay>=0.5ms", ["500us", "1ms"]), ("1000>commit_delay", ["0", "500us"]),
            ("commit_delay!=500", ["0", "1ms"]), ("commit_delay=500", ["500us"]),
            ("settings.commit_delay==1ms", ["1ms"]),
            ("commit_delay<=99000000", ["0", "500us", "1ms"]),
        ])
    func constants(_ condition: String, _ expected: [String]) throws {
        let plan = try plan(["server.settings.commit_delay=0,500us,1ms"], where: [condition])
        #expect(plan.points.map { $0.values[0] } == expected)
    }

    @Test("A constraint between two varied paths compares times with times")
    func twoPaths() throws {
        let plan = try plan(
            ["server.settings.commit_delay=500,2000", "host.storage.wal.sync=1ms,{\"constant\":\"3ms\"}"],
            where: ["commit_delay<=sync"])
        #expect(
            plan.points.map(\.values) == [
                ["500", "1ms"], ["500", #"{"constant":"3ms"}"#], ["2000", #"{"constant":"3ms"}"#],
            ])
    }

    @Test("Words can be equal or not")
    func words() throws {
        let varied = ["server.settings.synchronous_commit=on,off", "server.settings.commit_delay=0,100"]
        #expect(try plan(varied, where: ["synchronous_commit!=off", "commit_delay>0"]).points.count == 1)
        #expect(try kind { try plan(varied, where: ["synchronous_commit<off"]) }.0 == .content)
    }

    @Test("Mistakes in constraints and paths name what is varied")
    func mistakes() throws {
        let varied = ["clients.count=2,4"]
        for condition in ["count", "<=4", "count<="] {
            #expect(try kind { try plan(varied, where: [condition]) }.0 == .usage)
        }
        let (unknown, text) = try kind { try plan(varied, where: ["cuont<=3"]) }
        #expect(unknown == .content)
        #expect(text.contains("varied: clients.count") && text.contains("nearest: \"count\""))
        #expect(try kind { try plan(varied, where: ["count<=many"]) }.0 == .content)
        #expect(try kind { try plan(varied, where: ["count>100"]) }.1.contains("no point satisfies"))
        let (badPath, message) = try kind { try plan(["clients.cuont=2,4"]) }
        #expect(badPath == .content)
        #expect(message.contains("in --vary") && message.contains("nearest: \"count\""))
        #expect(try kind { try plan(["clients.count=2,0"]) }.1.contains("seen 0 in --vary"))
        #expect(try kind { try plan(["clients.count=2", "clients.count=3"]) }.0 == .usage)
        #expect(
            try kind { try plan(["clients.count=1..1000:1", "server.settings.commit_delay=0..1000:1"]) }.0 == .usage)
    }

    @Test("Two paths with one last part must be told apart")
    func ambiguous() throws {
        let varied = ["host.storage.wal.sync=1ms,2ms", "host.storage.wal.write=1ms,2ms"]
        #expect(try plan(varied, where: ["wal.sync<=write"]).points.count == 3)
        let costs = ["host.costs.statement.base=1us,2us", "host.costs.plan.base=1us,2us"]
        if let error = #expect(throws: InputError.self, performing: { try plan(costs, where: ["base<=2us"]) }) {
            #expect(error.kind == .content)
        }
    }

    @Test("Labels can be the user's own")
    func labels() throws {
        let plan = try plan(["clients.count=2,4"], label: "{count} clients, {clients.count}")
        #expect(plan.points.map(\.label) == ["2 clients, 2", "4 clients, 4"])
        #expect(try kind { try self.plan(["clients.count=2"], label: "{cuont}") }.0 == .content)
    }

    @Test("Shards have each point once, and the sweep's hash depends on what is swept")
    func shards() throws {
        let plan = try plan(["clients.count=1..7:1"])
        let shards = (1...3).map { plan.shard($0, of: 3).map(\.index) }
        #expect(shards == [[0, 3, 6], [1, 4], [2, 5]])
        #expect(try self.plan(["clients.count=1..7:1"]).hash == plan.hash)
        #expect(try self.plan(["clients.count=1..8:1"]).hash != plan.hash)
    }
}

/// A plan over a scenario of 20 ms.
func smallPlan(_ varied: [String], where conditions: [String] = [], label: String? = nil, repeats: Int? = nil)
    throws -> SweepPlan
{
    let text = """
        {"name": "small", "duration": "20ms", "warmup": "5ms", "repeats": 2, "seed": 5,
         "host": {"cores": 4, "storage": {"wal": {"sync": {"lognormal": {"mean": "500us", "sigma": 0.4}}}}},
         "clients": {"count": 8}}
        """
    let base = SweepBase(
        ScenarioSource(name: "small.json", text: text), ScenarioOverrides(repeats: repeats), files: .none)
    return try SweepPlan(
        base, axes: varied.map { try SweepAxis(option: $0) },
        constraints: conditions.map { try SweepConstraint(option: $0) }, label: label)
}
