import ArgumentParser
import Experiments
import Foundation
import Report

/// `walsim init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a first scenario from a few answers or options.",
        discussion: """
            On a terminal it asks for what no option gives; an empty answer takes the default. Elsewhere the defaults \
            hold. What is written validates. A file that is there already is left alone unless --force is given.

            Exit status: 0 fine; 64 wrong usage; 65 a value is not allowed; 73 the file exists or cannot be written.

            Examples:
              walsim init
              walsim init --clients 64 --cores 16 --sync 400us -o nvme.json
              walsim init --sync '{"lognormal": {"mean": "2ms", "sigma": 0.4}}' \\
                  --server-version 17 -o cloud.json
            """)

    @Option(parsing: .unconditional, help: "Connections, in a closed loop.")
    var clients: Int?

    @Option(parsing: .unconditional, help: "Cores of the server's machine.")
    var cores: Int?

    @Option(
        help: ArgumentHelp("What an fdatasync takes: a duration, or a distribution as JSON.", valueName: "duration"))
    var sync: String?

    @Option(help: ArgumentHelp("PostgreSQL's major release.", valueName: "release"), completion: .release)
    var serverVersion: String?

    @Option(help: "What the clients run: insert, insert10, insert-wide, logical-message.", completion: .transaction)
    var transaction: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("PostgreSQL's commit_delay, in microseconds.", valueName: "us"))
    var commitDelay: Int?

    @Option(
        name: [.customShort("o"), .customLong("out")], help: ArgumentHelp("The file to write.", valueName: "file"),
        completion: .file())
    var output = "scenario.json"

    @Flag(help: "Replace the file if it is there.")
    var force = false

    func validate() throws {
        if output.isEmpty { throw ValidationError("-o is empty; it is the path of the scenario to write") }
    }

    func run() throws {
        try withExitStatus {
            let file = try OutputFile(path: output)
            if !force, !file.isDirect, FileManager.default.fileExists(atPath: output) {
                complain("\(output): it exists already; give another name with -o, or --force to replace it")
                throw ExitStatus.cannotCreate
            }
            let scenario = try answers()
            try scenario.check()
            try file.write(scenario.text)
            print("\(output): written; run it with: walsim run \(output)")
        }
    }

    /// The values of the options, and on a terminal the answers to what they leave open.
    private func answers() throws -> FirstScenario {
        var scenario = FirstScenario()
        scenario.name = scenarioName(of: output)
        let dialogue = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 ? Dialogue() : nil
        func set<Value: LosslessStringConvertible>(
            _ field: WritableKeyPath<FirstScenario, Value>, _ option: Value?, _ question: String
        ) {
            if let option {
                scenario[keyPath: field] = option
            } else if let dialogue {
                scenario[keyPath: field] = dialogue.ask(question, default: scenario[keyPath: field]) { value in
                    var candidate = scenario
                    candidate[keyPath: field] = value
                    do throws(InputError) {
                        try candidate.check()
                        return nil
                    } catch {
                        return error.problems.map { $0.description }.joined(separator: "\n")
                    }
                }
            }
        }
        set(\.release, serverVersion, "PostgreSQL's major release")
        set(\.cores, cores, "Cores of the server")
        set(\.sync, sync, "What an fdatasync takes (pg_test_fsync tells)")
        set(\.clients, clients, "Connections, each in a closed loop")
        set(\.transaction, transaction, "Transaction (\(FirstScenario.transactions.joined(separator: ", ")))")
        set(\.commitDelay, commitDelay, "commit_delay in microseconds")
        return scenario
    }
}

/// Questions on a terminal.
private struct Dialogue {
    /// Asks until the answer is allowed; an empty one, or the end of the input, takes the default.
    func ask<Value: LosslessStringConvertible>(
        _ question: String, default standard: Value, problem: (Value) -> String?
    ) -> Value {
        while true {
            StandardStreams.say("\(question) [\(standard)]: ")
            guard let line = readLine() else { return standard }
            let answer = line.trimmingCharacters(in: .whitespaces)
            if answer.isEmpty { return standard }
            guard let value = Value(answer) else {
                complain("\"\(answer)\" is no \(Value.self == Int.self ? "whole number" : "value")")
                continue
            }
            guard let problem = problem(value) else { return value }
            complain(problem)
        }
    }
}
