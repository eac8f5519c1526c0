import Foundation

/// Runs the M/M/1 model in SimPy, in a Python process of its own.
struct SimPy {
    /// The interpreter: a path, or a name to be found in PATH.
    let python: String

    /// What a run took, by SimPy's own clock without the start of Python, and what it measured.
    struct Result {
        var seconds: Double
        /// The mean time of a customer in the system, in nanoseconds.
        var timeInSystem: Double
    }

    /// SimPy's version; nil if Python or SimPy is not there.
    func version() -> String? {
        try? output(["-c", "import simpy; print(simpy.__version__)"]).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func run(_ model: MM1) throws -> Result {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "mm1_simpy.py")
        let arguments = [script.path, "\(model.customers)", "\(MM1.interarrival)", "\(MM1.service)"]
        let numbers = try output(arguments).split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard numbers.count == 2 else { throw Failure(text: "mm1_simpy.py printed no two numbers") }
        return Result(seconds: numbers[0], timeInSystem: numbers[1])
    }

    private struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }

    private func output(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(text: "\(python) failed") }
        return String(decoding: data, as: UTF8.self)
    }
}
