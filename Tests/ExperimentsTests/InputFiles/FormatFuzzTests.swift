import Testing

@testable import Experiments

/// 10,000 inputs a format, made from a real file by a fixed sequence of mutations: each is read, or refused with file,
/// line and what was expected. A crash is the failure that these tests look for.
@Suite struct FormatFuzzTests {
    /// Pieces that mutations put in.
    private static let pieces = [
        "0", "-1", "1e999", "nan", "inf", "99999999999999999999", "0.0000001", "1e308", "", " ", "\t", "\n", "\r\n",
        ",", ";", "|", "\"", "\"\"", "'", "{", "}", "[", "]", ":", "=", "#", "(", "%", "n/a", "null", "include '.'",
        "9999-99-99 99:99:99+99", "2026-11-21 09:26:50+99:99:99", "\u{0}", "\u{FEFF}", "é", "1795253130",
    ].map { Array($0.utf8) }

    private static func mutate(_ bytes: [UInt8], with generator: inout FixedGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, index + Int.random(in: 1...20, using: &generator))
            let piece = pieces.randomElement(using: &generator) ?? []
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(index..<end)
            case 2: bytes.insert(contentsOf: bytes[index..<end], at: index)
            case 3: bytes.insert(contentsOf: piece, at: index)
            case 4: bytes.replaceSubrange(index..<end, with: piece)
            case 5: bytes.removeSubrange(index...)
            default: bytes[index] = UInt8.random(in: 0x20...0x7E, using: &generator)
            }
        }
        return bytes
    }

    /// The beginning of a sample, up to the end of a line: a short text is hit where it matters.
    private static func head(_ name: String, bytes: Int) throws -> [UInt8] {
        let all = try SampleFiles.file(name).bytes
        guard all.count > bytes, let end = all[..<bytes].lastIndex(of: UInt8(ascii: "\n")) else { return all }
        return Array(all[...end])
    }

    private static let cases: [(String, Int)] = [
        ("pg_test_fsync.txt", 1_100), ("fio.json", 1_700), ("fio-plus.json", 3_300), ("iostat.json", 1_800),
        ("pgbench-statements.txt", 600), ("pgbench_log.8", 300), ("pgbench_aggregate.8", 400),
        ("pg_stat_activity.csv", 900), ("pg_wait_sampling_history.csv", 500), ("pg_wait_sampling_profile.csv", 400),
        ("pg_active_session_history.csv", 1_100), ("pg_stat_wal.csv", 400), ("waldump-record.txt", 1_000),
        ("postgresql.conf", 600),
    ]

    @Test("10,000 mutated inputs are read or refused with file, line and what was expected", arguments: cases)
    func mutated(name: String, length: Int) throws {
        var generator = FixedGenerator(state: UInt64(length))
        let original = try Self.head(name, bytes: length)
        let format = try #require(InputFormat.detect(InputFile(name: name, bytes: original)))
        var refused = 0
        for index in 0..<10_000 {
            let file = InputFile(name: "input", bytes: Self.mutate(original, with: &generator))
            if index % 8 == 0 { _ = InputFormat.detect(file) }
            do {
                let values = try Self.read(file, as: format)
                #expect(values.allSatisfy { $0.isFinite && $0 >= 0 }, "\(values)")
            } catch let problem as InputProblem {
                refused += 1
                #expect(problem.file == "input" && problem.path.hasPrefix("line ") && !problem.what.isEmpty)
                let saysWhat = problem.notes.contains { $0.hasPrefix("expected ") }
                #expect(saysWhat || format == .configuration || format == .fio || format == .iostat, "\(problem)")
            }
        }
        #expect((100...9_990).contains(refused), "\(refused) refused")
    }

    /// What was read, as numbers that must make sense.
    private static func read(_ file: InputFile, as format: InputFormat) throws -> [Double] {
        switch format {
        case .fsyncTest:
            let test = try FsyncTest(file)
            return Array(test.oneWrite.values) + Array(test.twoWrites.values)
        case .fio:
            let report = try FioReport(file)
            return [report.sync, report.write].compactMap { $0 }.flatMap {
                [$0.mean, $0.count] + $0.quantiles.map(\.value)
            }
        case .iostat: return try IostatReport(file).flush.map { [$0.mean] } ?? []
        case .pgbenchSummary:
            let run = try PgbenchSummary(file)
            return [run.tps, Double(run.clients), run.latency ?? 0]
        case .pgbenchTransactions:
            let run = try PgbenchTransactions(file)
            return [run.tps] + run.latencies
        case .pgbenchIntervals:
            let run = try PgbenchIntervals(file)
            return [run.tps, run.latency.mean, Double(run.clients)]
        case .waitSamples:
            let samples = try WaitSamples(reading: file)
            return Array(samples.shares.values) + [Double(samples.ticks.count), samples.interval ?? 0]
        case .pgStatWAL:
            let wal = try PgStatWALFile(file)
            return [wal.bytes ?? 0, wal.syncs ?? 0, wal.meanSync ?? 0]
        case .waldump: return try WaldumpStatistics(file).rows.flatMap { [$0.count, $0.recordBytes] }
        case .configuration:
            let files = FileAccess(read: { $0 == "input" ? file.bytes : nil }, list: { _ in nil })
            return try [Double(ConfigurationFile.read("input", files: files)?.count ?? 0)]
        }
    }
}
