import Report
import Testing

@testable import Experiments

@Suite("Joining shards")
struct SweepMergeTests {
    /// The files of a sweep's shards, and of the sweep in one.
    private static let (whole, shards): (String, [String]) = {
        let plan = try! smallPlan(["host.storage.wal.sync={\"constant\":\"1ms\"},2ms,3ms,4ms,5ms"])
        let result = try! Sweep.run(plan, points: plan.points)
        let shards = (1...2).map { number in
            var shard = result
            let points = plan.shard(number, of: 2).map(\.index)
            shard.points = result.points.filter { points.contains($0.index) }
            return SweepTable.csv(of: shard)
        }
        return (SweepTable.csv(of: result), shards)
    }()

    private func merged(_ texts: [String]) throws -> String {
        let tables = try texts.enumerated().map { try CSVTable(file: "shard-\($0).csv", text: $1) }
        return SweepTable.csv(of: try SweepMerge.merge(tables))
    }

    private func refusal(_ texts: [String]) throws -> String {
        let error = try #require(throws: InputError.self) { _ = try merged(texts) }
        #expect(error.kind == .content)
        return error.description
    }

    @Test("The bytes are those of the whole sweep, in whatever order the shards come")
    func sameBytes() throws {
        #expect(try merged(Self.shards) == Self.whole)
        #expect(try merged(Self.shards.reversed()) == Self.whole)
        #expect(try merged([Self.whole]) == Self.whole)
    }

    @Test("A shard without points is a header alone and adds nothing; nothing but such is refused")
    func emptyShard() throws {
        let header = String(try #require(Self.whole.split(separator: "\n").first)) + "\n"
        #expect(try merged([header] + Self.shards) == Self.whole)
        #expect(try merged(Self.shards + [header]) == Self.whole)
        #expect(try refusal([header, header]).contains("shard-0.csv: no points in any of the 2 files"))
        #expect(try refusal([header]).contains("shard-0.csv: no points in this file"))
        #expect(try refusal(Self.shards + ["a," + header]).contains("shard-2.csv: has other columns than shard-0.csv"))
    }

    @Test("A missing point, a point given twice and a foreign file are refused")
    func refusals() throws {
        let (first, second) = (Self.shards[0], Self.shards[1])
        #expect(try refusal([first]).contains("2 points are missing (the sweep has 5; missing: 2, 4)"))
        #expect(try refusal([first, second, first]).contains("shard-2.csv: point 1 is also in shard-0.csv"))
        let other = second.replacing(try #require(second.firstMatch(of: /,([0-9a-f]{16}),\d\/5/)).output.1, with: "00")
        #expect(try refusal([first, other]).contains("belongs to another sweep than shard-0.csv"))
        #expect(try refusal([first, "metric,value\ntps,3\n"]).contains("not the output of a sweep"))
        #expect(try refusal([first, second.replacing("/5,", with: "/5x,")]).contains("line 2: not a point's number"))
    }

    @Test("A shard that lacks rows is refused")
    func lines() throws {
        let cut = Self.shards[1].split(separator: "\n").dropLast(3).joined(separator: "\n") + "\n"
        #expect(try refusal([Self.shards[0], cut]).contains("has not the repeats and metrics"))
        let torn = String(Self.shards[1].dropLast(20))
        #expect(try refusal([Self.shards[0], torn]).contains("fields"))
    }
}

@Suite("Reading CSV files")
struct CSVTableTests {
    @Test("Quotes, commas and line feeds in fields survive")
    func quotes() throws {
        let table = try CSVTable(file: "a.csv", text: "a,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\r\n\r\n")
        #expect(table.header == ["a", "b"])
        #expect(table.rows == [["x, \"y\"", "1\n2"]])
    }

    @Test("A row of other length is named by its line", arguments: ["a,b\n1,2\n3\n", "a,b\n1,2\n3,4,5\n"])
    func ragged(_ text: String) throws {
        let error = try #require(throws: InputError.self) { try CSVTable(file: "a.csv", text: text) }
        #expect(error.kind == .content)
        #expect(error.description.hasPrefix("a.csv: line 3: this row has "))
    }

    @Test("What is no CSV is refused", arguments: ["", "\n", "a,b\n\"x\"y,2\n"])
    func noCSV(_ text: String) throws {
        #expect(throws: InputError.self) { try CSVTable(file: "a.csv", text: text) }
    }

    @Test("A file that is not there or not text has the status for it")
    func files() throws {
        let missing = try #require(throws: InputError.self) { try CSVTable(file: "/nowhere.csv") }
        #expect(missing.kind == .missing)
        let binary = FileAccess(read: { _ in [0xFF, 0xFE, 0x00] }, list: { _ in nil })
        let content = try #require(throws: InputError.self) { try CSVTable(file: "b.csv", files: binary) }
        #expect(content.kind == .content)
    }
}
