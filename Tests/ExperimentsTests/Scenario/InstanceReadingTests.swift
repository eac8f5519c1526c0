import HostModel
import SimTime
import Testing

@testable import Experiments

/// Where servers run, as scenarios say it.
@Suite("Reading instances, guests and core sets")
struct InstanceReadingTests {
    @Test("A scenario that says nothing of it has one server without a name")
    func single() throws {
        let scenario = try load(minimalScenario)
        #expect(scenario.instances.isEmpty)
        let spec = scenario.clusterSpec(seed: 1)
        #expect(spec.instances.count == 1)
        #expect(spec.instances[0].name.isEmpty)
    }

    @Test("A number makes so many servers with the same settings and clients")
    func count() throws {
        let scenario = try load(minimalScenario, sets: ["instances=3", "server.settings.commit_delay=7"])
        #expect(scenario.instances.map(\.name) == ["server 1", "server 2", "server 3"])
        #expect(scenario.instances.allSatisfy { $0.settings.commitDelay == 7 })
        #expect(scenario.instances.allSatisfy { $0.clients.map(\.count) == scenario.clients.map(\.count) })
    }

    @Test("A list says what is other for each server")
    func list() throws {
        let list = #"[{"name":"a","clients":{"count":3}},{"server":{"settings":{"commit_delay":5},"cpuset":"two"}}]"#
        let scenario = try load(minimalScenario, sets: ["host.cpusets.two=\"2-3\"", "instances=" + list])
        let specs = scenario.instances
        #expect(specs.map(\.name) == ["a", "server 2"])
        #expect(specs[0].clients.map(\.count) == [3])
        #expect(specs[1].settings.commitDelay == 5)
        #expect(specs[0].settings.commitDelay == 0)
        #expect(specs[1].coreSet == 0)
        #expect(specs[0].coreSet == nil)
        #expect(scenario.host.coreSets == [CoreSetSpec(name: "two", cores: [2, 3])])
    }

    @Test("Counts of cores take what earlier sets have left")
    func coreCounts() throws {
        let scenario = try load(minimalScenario, sets: [#"host.cpusets={"a":"0,3-4","b":3,"c":2}"#])
        #expect(scenario.host.coreSets.map(\.cores) == [[0, 3, 4], [1, 2, 5], [6, 7]])
    }

    @Test("Servers are spread over the guests, unless they name one")
    func guests() throws {
        let guests = #"host.guests=[{"name":"g","cpuset":"a","overhead":0.2},{}]"#
        let sets = ["host.cpusets.a=4", guests, #"instances=[{},{},{"server":{"guest":"guest 2"}}]"#]
        let scenario = try load(minimalScenario, sets: sets)
        #expect(scenario.host.guests.map(\.name) == ["g", "guest 2"])
        #expect(scenario.host.guests.map(\.coreSet) == [0, nil])
        #expect(scenario.host.guests[0].overhead == 0.2)
        #expect(scenario.instances.map(\.guest) == [0, 1, 1])
    }

    @Test("The mutex of an old kernel is read, and is absent by default")
    func mutex() throws {
        #expect(try load(minimalScenario).host.eventSetMutex == nil)
        let set = #"host.kernel.event_set_mutex={"hold":"2us","spin":"10us"}"#
        let mutex = try load(minimalScenario, sets: [set]).host.eventSetMutex
        #expect(mutex == KernelMutexSpec(hold: .microseconds(2), holdPerSpinner: .zero, spin: .microseconds(10)))
    }

    @Test(
        "Mistakes are named with their place",
        arguments: [
            (#"host.cpusets={"a":"0-99"}"#, "host.cpusets.a: there is no core 16"),
            (#"host.cpusets={"a":"5-2"}"#, "host.cpusets.a: not a list of cores"),
            (#"host.cpusets={"a":10,"b":10}"#, "host.cpusets.b: too many cores"),
            ("server.cpuset=nowhere", "server.cpuset: unknown cpuset"),
            ("clients.cpuset=nowhere", "clients.cpuset: unknown cpuset"),
            (#"instances=[{"server":{"guest":"g"}}]"#, "instances.0.server.guest: unknown guest"),
            (#"instances=[{"name":"a"},{"name":"a"}]"#, "instances.1.name: this name is given twice"),
            ("instances=0", "instances: out of range"),
        ])
    func wrong(_ set: String, _ expected: String) {
        #expect(mistakes(sets: set).contains { $0.contains(expected) }, "\(mistakes(sets: set))")
    }
}
