import Foundation

/// The built `walsim`, run as a user would.
struct Command {
    /// What a command left behind.
    struct Outcome {
        /// Its exit status; nil if a signal ended it.
        var status: Int32?
        var output: String
        var errors: String
    }

    /// The binary beside the test bundle.
    static let binary: String = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        let folder = bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
        return folder.appendingPathComponent("walsim").path
    }()

    /// Options that make a bundled scenario end in no time.
    static let short = ["--set", "duration=60ms", "--set", "warmup=0s", "--set", "phases=[]", "--repeats", "1"]

    var binary = Command.binary
    /// The working directory: by default one that has no scenarios in it.
    var folder = FileManager.default.temporaryDirectory.path

    /// Runs the command to its end.
    func run(_ arguments: [String]) throws -> Outcome {
        let running = try start(arguments)
        return try running.finish()
    }

    func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    /// Starts the command.
    func start(_ arguments: [String]) throws -> RunningCommand {
        let scratch = try Scratch()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try scratch.handle("output")
        process.standardError = try scratch.handle("errors")
        try process.run()
        return RunningCommand(process: process, scratch: scratch)
    }
}

/// A command that has been started.
struct RunningCommand {
    fileprivate let process: Process
    fileprivate let scratch: Scratch

    /// Sends what Ctrl-C sends, once the command listens: on a busy machine it may take long to start.
    func interrupt() {
        let deadline = Date(timeIntervalSinceNow: 60)
        while process.isRunning, !catchesInterrupt, Date() < deadline { usleep(20_000) }
        process.interrupt()
    }

    /// Whether it has a handler for SIGINT, as far as the operating system tells.
    private var catchesInterrupt: Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
            let caught = status.firstMatch(of: /SigCgt:\s*([0-9a-f]+)/), let mask = UInt64(caught.output.1, radix: 16)
        else { return true }
        return mask & (1 << (SIGINT - 1)) != 0
    }

    var isRunning: Bool { process.isRunning }

    /// Sends SIGTERM.
    func terminate() { process.terminate() }

    func finish() throws -> Command.Outcome {
        process.waitUntilExit()
        return Command.Outcome(
            status: process.terminationReason == .exit ? process.terminationStatus : nil,
            output: try scratch.text("output"), errors: try scratch.text("errors"))
    }
}

/// A folder of a test's own, removed when the test is over.
final class Scratch {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("walsim-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func place(_ name: String) -> String { path + "/" + name }
    func text(_ name: String) throws -> String { try String(contentsOfFile: place(name), encoding: .utf8) }

    /// All files below the folder, hidden ones included, in order.
    func files(in folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? path : place(folder)).sorted()
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: place(name), atomically: true, encoding: .utf8)
        return place(name)
    }

    fileprivate func handle(_ name: String) throws -> FileHandle {
        try write("", to: name)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: place(name)))
    }
}
