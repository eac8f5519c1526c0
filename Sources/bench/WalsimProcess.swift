import Foundation

/// Runs the walsim binary as a process of its own, bare or under valgrind.
struct WalsimProcess {
    let path: String
    let scenario: String

    /// What a run reported.
    struct Outcome {
        var commits: UInt64
        var wallSeconds: Double
    }

    /// One repeat on one core.
    func run(sets: [String]) throws -> Outcome {
        try outcome(launch([path] + arguments(sets)).output)
    }

    /// What callgrind counted in one repeat; nil without valgrind.
    func count(seconds: Int) throws -> (instructions: UInt64, allocations: UInt64, commits: UInt64)? {
        let file = NSTemporaryDirectory() + "/walsim-callgrind-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let tool = ["--tool=callgrind", "--callgrind-out-file=\(file)"]
        guard let run = try valgrind(tool, seconds), let instructions = Self.number(after: "refs:", in: run.errors),
            let profile = try? String(contentsOfFile: file, encoding: .utf8)
        else { return nil }
        return (instructions, Self.calls(of: "malloc", in: profile), try outcome(run.output).commits)
    }

    /// How often a function was called, by a callgrind profile: a `calls=` line follows each `cfn=` line, which gives
    /// a function's name at its first mention and its number alone after that.
    private static func calls(of function: String, in profile: String) -> UInt64 {
        var number: Substring?
        var isCallee = false
        var total: UInt64 = 0
        for line in profile.split(separator: "\n") {
            if line.hasPrefix("cfn=") || line.hasPrefix("fn=") {
                let name = line[line.index(after: line.firstIndex(of: "=")!)...]
                if name.hasSuffix(") " + function) { number = name.prefix { $0 != " " } }
                isCallee = line.hasPrefix("cfn=") && number != nil && name.prefix { $0 != " " } == number
            } else if isCallee, line.hasPrefix("calls=") {
                total += UInt64(line.dropFirst(6).prefix { $0.isNumber }) ?? 0
            }
        }
        return total
    }

    /// The largest resident size that any child of this process has had.
    static var childrenPeakKilobytes: Int {
        var usage = rusage()
        // RUSAGE_CHILDREN, whose type differs between systems.
        getrusage(-1, &usage)
        return usage.ru_maxrss
    }

    private func valgrind(_ tool: [String], _ seconds: Int) throws -> (output: String, errors: String)? {
        // Valgrind gives up on Swift's debug information.
        let copy = NSTemporaryDirectory() + "/walsim-stripped-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: copy) }
        guard try launch(["strip", "-g", "-o", copy, path]).status == 0 else { return nil }
        let run = try launch(
            ["valgrind"] + tool + [copy] + arguments(["duration=\(seconds)s", "warmup=0s"]))
        return run.status == 0 ? (run.output, run.errors) : nil
    }

    private func arguments(_ sets: [String]) -> [String] {
        ["run", scenario, "--repeats", "1", "--jobs", "1", "--format", "json"] + sets.flatMap { ["--set", $0] }
    }

    private func outcome(_ json: String) throws -> Outcome {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:]
        return Outcome(
            commits: (object["transactions"] as? NSNumber)?.uint64Value ?? 0,
            wallSeconds: (object["wall_seconds"] as? NSNumber)?.doubleValue ?? 0)
    }

    private func launch(_ command: [String]) throws -> (status: Int32, output: String, errors: String) {
        let process = Foundation.Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        // A second pipe could fill while the first is read.
        let complaints = NSTemporaryDirectory() + "/walsim-errors-\(UUID().uuidString)"
        _ = FileManager.default.createFile(atPath: complaints, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: complaints) }
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: complaints)
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let errors = (try? String(contentsOfFile: complaints, encoding: .utf8)) ?? ""
        return (process.terminationStatus, String(decoding: text, as: UTF8.self), errors)
    }

    /// The number, with its commas, that follows a label.
    private static func number(after label: String, in text: String) -> UInt64? {
        guard let range = text.range(of: label) else { return nil }
        let digits = text[range.upperBound...].drop { $0 == " " }.prefix { $0.isNumber || $0 == "," }
        return UInt64(digits.filter { $0 != "," })
    }
}
