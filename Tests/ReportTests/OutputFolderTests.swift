import Foundation
import Testing

@testable import Report

@Suite("The output folder")
struct OutputFolderTests {
    /// A folder of its own, removed when the test is over.
    private final class Scratch {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
        func read(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    private let files = [
        OutputFolder.File(name: "a.csv", contents: "new a\n"), OutputFolder.File(name: "b.csv", contents: "new b\n"),
    ]

    @Test("Missing folders are created and hold the files and nothing else")
    func createsFolders() throws {
        let scratch = try Scratch()
        try OutputFolder(path: scratch.path + "/deep/er").write(files)
        #expect(try scratch.names() == ["deep"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/deep/er").count == 2)
        #expect(try scratch.read("deep/er/b.csv") == "new b\n")
    }

    @Test("Files that exist are replaced")
    func replaces() throws {
        let scratch = try Scratch()
        let folder = try OutputFolder(path: scratch.path)
        try folder.write([OutputFolder.File(name: "a.csv", contents: "a longer old text\n")])
        try folder.write(files)
        #expect(try scratch.names() == ["a.csv", "b.csv"])
        #expect(try scratch.read("a.csv") == "new a\n")
    }

    @Test("If one file cannot take its place, all are as they were and no temporary file is left")
    func allOrNothing() throws {
        let scratch = try Scratch()
        try "old a\n".write(toFile: scratch.path + "/a.csv", atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/b.csv", withIntermediateDirectories: true)
        let folder = try OutputFolder(path: scratch.path)
        #expect(throws: OutputError(path: scratch.path, reason: "b.csv: it is a folder")) { try folder.write(files) }
        #expect(try scratch.names() == ["a.csv", "b.csv"])
        #expect(try scratch.read("a.csv") == "old a\n")
    }

    @Test("A file that is missing from the streamed ones leaves the others unwritten")
    func missingStream() throws {
        let scratch = try Scratch()
        let folder = try OutputFolder(path: scratch.path)
        #expect(throws: OutputError.self) { try folder.write(files, streamed: ["samples.csv"]) }
        #expect(try scratch.names().isEmpty)
    }

    @Test("A streamed file takes its place with the others")
    func streamed() throws {
        let scratch = try Scratch()
        let folder = try OutputFolder(path: scratch.path)
        try "rows\n".write(toFile: folder.temporaryPath(of: "samples.csv"), atomically: false, encoding: .utf8)
        try folder.write(files, streamed: ["samples.csv"])
        #expect(try scratch.names() == ["a.csv", "b.csv", "samples.csv"])
        #expect(try scratch.read("samples.csv") == "rows\n")
    }

    @Test("A folder that cannot be is named with the reason")
    func impossibleFolder() throws {
        let scratch = try Scratch()
        try "x".write(toFile: scratch.path + "/file", atomically: true, encoding: .utf8)
        #expect {
            _ = try OutputFolder(path: scratch.path + "/file/sub")
        } throws: { error in
            "\(error)" == "\(scratch.path)/file/sub: cannot be written: \(scratch.path)/file is a file, not a folder"
        }
    }

    @Test("A path that cannot be written is named once, with the folder above it that is to blame")
    func namedOnce() throws {
        let scratch = try Scratch()
        try "x".write(toFile: scratch.path + "/file", atomically: true, encoding: .utf8)
        #expect(
            "\(try failure { _ = try OutputFolder(path: "/dev/null") })"
                == "/dev/null: cannot be written: /dev/null is a file, not a folder")
        // No name may be longer than 255 bytes.
        let long = scratch.path + "/" + String(repeating: "x", count: 300)
        #expect(
            "\(try failure { _ = try OutputFolder(path: long) })" == "\(long): cannot be written: File name too long")
        #expect(
            "\(try failure { _ = try OutputFile(path: long + "/a.csv") })"
                == "\(long)/a.csv: cannot be written: folder \(long): File name too long")
        #expect(
            "\(try failure { _ = try OutputFile(path: scratch.path + "/file/a.csv") })"
                == "\(scratch.path)/file/a.csv: cannot be written: \(scratch.path)/file is a file, not a folder")
        #expect(try scratch.names() == ["file"])
    }

    private func failure(_ body: () throws -> Void) throws -> OutputError {
        try #require(throws: OutputError.self, performing: body)
    }
}
