import ArgumentParser

/// The discrete-event kernel against SimPy, and against a bare queue.
struct KernelBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernel",
        abstract: "Measure the kernel against SimPy and against a bare event queue.",
        discussion: """
            Medians of interleaved runs. Exit status 1 if M/M/1 is less than 60 times as fast as in SimPy, if processes
            cost more than 1.5 times a bare queue, or if the build lacks the flags of a release.
            """)

    @Option(help: "How many times each contender runs.") var rounds = 5
    @Option(help: "Customers of the M/M/1 model.") var customers = 1_000_000
    @Option(help: "A Python interpreter that has SimPy.") var python = "python3"

    mutating func validate() throws {
        guard (1...1_000).contains(rounds) else {
            throw ValidationError("--rounds is \(rounds); 1 to 1000 are allowed")
        }
        guard (1...100_000_000).contains(customers) else {
            throw ValidationError("--customers is \(customers); 1 to 100000000 are allowed")
        }
    }

    mutating func run() throws {
        let complaints = BuildCheck.complaints()
        complaints.forEach { print("*** \($0) ***") }
        let queueing = try compareWithSimPy()
        let holding = try compareWithBareQueue()
        guard complaints.isEmpty, queueing, holding else { throw ExitCode(1) }
    }

    /// Prints the first table; false if the ratio is below what is required. Without SimPy there is nothing to miss.
    private func compareWithSimPy() throws -> Bool {
        let model = MM1(customers: customers)
        let simpy = SimPy(python: python)
        let version = simpy.version()
        var table = BenchmarkTable(title: "M/M/1, \(customers) customers, load 0.9", unit: "customer")
        var timesInSystem = [0.0, 0.0]
        var contenders = [{ try seconds { timesInSystem[0] = try model.run().timeInSystem } }]
        if version != nil {
            contenders.append {
                let result = try simpy.run(model)
                timesInSystem[1] = result.timeInSystem
                return result.seconds
            }
        }
        let medians = try interleavedMedians(rounds: rounds, contenders)
        for (index, name) in ["this kernel", "SimPy \(version ?? "")"].prefix(medians.count).enumerated() {
            let note = "mean time in system \(microseconds(timesInSystem[index]))"
            table.add(name, seconds: medians[index], count: UInt64(customers), note: note)
        }
        print(table, "  in theory: mean time in system \(microseconds(MM1.expectedTimeInSystem))", separator: "\n")
        guard version != nil else {
            print("  SimPy is NOT THERE: \(python) cannot import simpy, nothing to compare with (see --python)\n")
            return true
        }
        return verdict("SimPy / this kernel", medians[1] / medians[0], required: .atLeast(60))
    }

    /// Prints the second table; false if the ratio is above what is allowed.
    private func compareWithBareQueue() throws -> Bool {
        let model = HoldingProcesses(processes: 64, holds: 50_000)
        var table = BenchmarkTable(title: "64 processes holding for random times", unit: "wake-up")
        var outcomes = [HoldingProcesses.Outcome?](repeating: nil, count: 2)
        let medians = try interleavedMedians(
            rounds: rounds,
            [
                { try seconds { outcomes[0] = try model.runProcesses() } },
                { seconds { outcomes[1] = model.runBareQueue() } },
            ])
        for (index, name) in ["processes", "bare queue"].enumerated() {
            let outcome = outcomes[index]!
            table.add(name, seconds: medians[index], count: outcome.wakeups, note: "ends at \(outcome.end)")
        }
        print(table)
        guard outcomes[0] == outcomes[1] else { throw ValidationError("the two loops differ: \(outcomes)") }
        return verdict("processes / bare queue", medians[0] / medians[1], required: .atMost(1.5))
    }
}
