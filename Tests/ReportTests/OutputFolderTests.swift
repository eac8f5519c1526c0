import Foundation
import Synchronization
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

    @Test("If the files cannot be written, folders that were made for them go again, and no others")
    func madeInVain() throws {
        let scratch = try Scratch()
        try OutputFolder(path: scratch.path + "/kept").write(files)
        let folder = try OutputFolder(path: scratch.path + "/kept/deep/er")
        let impossible = OutputFolder.File(name: "no/such.csv", contents: "")
        #expect(throws: OutputError.self) { try folder.write(files + [impossible]) }
        #expect(try scratch.names() == ["kept"])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/kept").sorted() == ["a.csv", "b.csv"])
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

    @Test("Of commands that write into one folder at once the last one's files are there, all of them")
    func together() async throws {
        let scratch = try Scratch()
        for _ in 0..<30 {
            await withTaskGroup(of: Bool.self) { group in
                for command in 0..<3 {
                    group.addTask { [path = scratch.path] in
                        let files = (0..<8).map { OutputFolder.File(name: "\($0).csv", contents: "\(command)") }
                        return (try? OutputFolder(path: path).write(files)) != nil
                    }
                }
                for await isWritten in group { #expect(isWritten) }
            }
            let contents = try (0..<8).map { try scratch.read("\($0).csv") }
            #expect(Set(contents).count == 1, "\(contents)")
        }
    }

    @Test("All spellings of a file's path are the same file, and no others, whether it exists or not")
    func identity() throws {
        let scratch = try Scratch()
        let (files, path) = (FileManager.default, scratch.path)
        try files.createDirectory(atPath: path + "/folder/inner", withIntermediateDirectories: true)
        try files.createSymbolicLink(atPath: path + "/link", withDestinationPath: "folder/inner")
        try files.createSymbolicLink(atPath: path + "/file", withDestinationPath: "folder/f")
        func identities(_ names: String...) -> Set<String> {
            Set(names.map { OutputFile.identity(of: path + "/" + $0) })
        }
        #expect(identities("folder/f", "./folder//f", "folder/./f", "folder/inner/../f").count == 1)
        #expect(identities("folder/f", "link/../f", "file").count == 1)
        #expect(identities("new/f", "./new/f", "new/er/../f", "new/./f", "folder/../new/f").count == 1)
        #expect(identities("f", "folder/f", "folder/inner/f", "new/f", "f2").count == 5)
        #expect(OutputFile.identity(of: "f") == OutputFile.identity(of: "./f"))
        let here = files.currentDirectoryPath
        #expect(OutputFile.identity(of: "no/such/f") == OutputFile.identity(of: here + "/no/such/f"))
        #expect(OutputFile.identity(of: "/f") == OutputFile.identity(of: "/./f"))
    }

    @Test("A name that is too long is noticed before anything is written, and no folder is left")
    func longName() throws {
        let scratch = try Scratch()
        for folder in [scratch.path, scratch.path + "/new/folder"] {
            // With what makes it a temporary one it has more than the 255 bytes that file systems allow.
            let path = folder + "/" + String(repeating: "x", count: 240)
            let reason = String(cString: strerror(ENAMETOOLONG))
            #expect(throws: OutputError(path: path, reason: reason)) { try OutputFile(path: path) }
            #expect(try scratch.names().isEmpty)
        }
        let path = scratch.path + "/" + String(repeating: "x", count: 200)
        try OutputFile(path: path).write("text")
        #expect(try scratch.names() == [String(repeating: "x", count: 200)])
    }

    @Test("A dash is no file's name: the error says what stands for standard output")
    func dash() {
        #expect(throws: OutputError(path: "-", reason: "for standard output give /dev/stdout")) {
            try OutputFile(path: "-")
        }
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

    @Test("Whoever looks while files are replaced finds the old one or the new one", arguments: [1, 2])
    func neverMissing(_ count: Int) throws {
        let scratch = try Scratch()
        let folder = try OutputFolder(path: scratch.path)
        let set = Array(files.prefix(count))
        try folder.write(set)
        let reader = Reader(path: scratch.path + "/a.csv")
        Thread.detachNewThread { reader.look() }
        for _ in 0..<200 { try folder.write(set) }
        reader.isOver.store(true, ordering: .sequentiallyConsistent)
        while !reader.hasEnded.load(ordering: .sequentiallyConsistent) { usleep(100) }
        #expect(reader.misses.load(ordering: .sequentiallyConsistent) == 0)
        #expect(try scratch.names() == set.map(\.name))
    }

    /// Looks for a file again and again.
    private final class Reader: Sendable {
        let path: String
        let isOver = Atomic<Bool>(false)
        let hasEnded = Atomic<Bool>(false)
        let misses = Atomic<Int>(0)

        init(path: String) { self.path = path }

        func look() {
            while !isOver.load(ordering: .sequentiallyConsistent) {
                if access(path, F_OK) != 0 { misses.add(1, ordering: .sequentiallyConsistent) }
            }
            hasEnded.store(true, ordering: .sequentiallyConsistent)
        }
    }

    @Test("What a killed command left of the same file is removed, and nothing of living ones or of other files")
    func orphans() throws {
        let scratch = try Scratch()
        // A process that has ended and been waited for has a number that is free again.
        let ended = Process()
        ended.executableURL = URL(fileURLWithPath: "/bin/true")
        try ended.run()
        ended.waitUntilExit()
        let mine = try OutputFolder(path: scratch.path).temporaryPath(of: "a.csv").split(separator: "/").last.map(
            String.init)
        let living = try #require(mine)
        let orphan = living.replacing("-\(getpid())-", with: "-\(ended.processIdentifier)-")
        #expect(orphan != living)
        let elsewhere = ".a.csv.x" + orphan.dropFirst(".a.csv.".count)
        let other = orphan.replacing("a.csv", with: "c.csv")
        let backup = orphan.replacing(".a.csv.", with: ".a.csv.old.")
        let kept = [living, elsewhere, other, ".a.csv.partial", ".a.csv.1-2.partial"]
        for name in kept + [orphan, backup] {
            try "x".write(toFile: scratch.path + "/" + name, atomically: false, encoding: .utf8)
        }
        try OutputFolder(path: scratch.path).write(files)
        #expect(try scratch.names() == (kept + ["a.csv", "b.csv"]).sorted())
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
