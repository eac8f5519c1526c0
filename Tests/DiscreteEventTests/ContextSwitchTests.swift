import Foundation
import Testing

/// The switch of stacks alone, in C and without Swift's runtime: here, and on the other processor where there are a
/// compiler and an emulator for it (Debian: gcc-aarch64-linux-gnu and qemu-user).
@Suite("The context switch in C")
struct ContextSwitchTests {
    private static let sources = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A way to build and run the check.
    struct Tool: CustomTestStringConvertible {
        var testDescription: String
        var compiler: [String]
        var emulator: [String] = []

        var isThere: Bool { ([compiler[0]] + emulator.prefix(1)).allSatisfy { path(of: $0) != nil } }
    }

    private static let tools = [
        Tool(testDescription: "this processor", compiler: ["clang", "-Wno-nullability-completeness"]),
        Tool(
            testDescription: "arm64, emulated",
            compiler: ["aarch64-linux-gnu-gcc", "-static", "-D_Nullable=", "-D_Nonnull="], emulator: ["qemu-aarch64"]),
    ]

    /// A program's place in PATH.
    private static func path(of program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program; what it printed on both streams, and its status.
    private func run(_ command: [String]) throws -> (output: String, status: Int32) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: Self.path(of: command[0]) ?? command[0])
        process.arguments = Array(command.dropFirst())
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (String(decoding: output, as: UTF8.self), process.terminationStatus)
    }

    @Test(
        "100,000 switches among 256 stacks on each of two threads keep registers, stacks, alignment and rounding modes",
        arguments: tools.filter(\.isThere))
    func check(tool: Tool) throws {
        let program = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: program) }
        let context = Self.sources.appending(path: "Sources/CContext").path
        let check = Self.sources.appending(path: "Tests/ContextSwitch").path
        let files =
            ["prepare.c", "stack.c", "switch_arm64.S", "switch_x86_64.S"].map { "\(context)/\($0)" }
            + ["check.c", "preserved.S"].map { "\(check)/\($0)" }
        let options = ["-O1", "-I\(context)", "-I\(context)/include", "-o", program, "-lpthread", "-lm"]
        let built = try run(tool.compiler + files + options)
        #expect(built.status == 0, "\(built.output)")
        let outcome = try run(tool.emulator + [program])
        #expect(outcome.status == 0 && outcome.output.hasSuffix(" switches, 0 errors\n"), "\(outcome.output)")
    }
}
