import Foundation
import SimTime
import Statistics
import Testing

@testable import Experiments

@Suite("Syncs of which one was a stall")
struct SyncTailTests {
    /// A calm millisecond `count` times but once, when it was half a second.
    private static func latencies(_ count: Int) throws -> [Double] {
        let body = try Distribution.lognormal(mean: .milliseconds(1), sigma: 0.1)
        return (1..<count).map { body.quantile((Double($0) - 0.5) / Double(count - 1)) } + [5e8]
    }

    /// The distribution in the scenario that a report of fio with these keys becomes, and what is said of it.
    private static func calibrate(_ latencies: [Double], _ keys: String) throws -> (Distribution, String) {
        let mean = latencies.reduce(0, +) / Double(latencies.count)
        let text = """
            {"fio version": "fio-3.33", "jobs": [{"jobname": "wal", "sync": {"lat_ns": {
             "N": \(latencies.count), "mean": \(mean), "min": \(latencies[0]), "max": \(latencies[latencies.count - 1]),
             \(keys)}}}]}
            """
        var inputs = CalibrationInputs()
        inputs.fsync = [SampleFiles.file(text: text)]
        var calibration = try Calibration(inputs)
        let report = try calibration.report()
        return (try loadScenario(text: report.scenario, file: "c").host.walDevice.sync, report.syncQuality)
    }

    private static func check(_ sync: Distribution, _ latencies: [Double]) {
        let count = Double(latencies.count)
        #expect(abs(sync.quantile(0.5) / latencies[latencies.count / 2] - 1) < 0.01)
        #expect(abs(sync.quantile(0.99) / latencies[Int(0.99 * count)] - 1) < 0.01)
        #expect(abs(sync.mean / (latencies.reduce(0, +) / count) - 1) < 0.01)
        // Syncs of more than 50 ms are as rare as they were.
        #expect(sync.quantile(1 - 0.9 / count) > 5e7 && sync.quantile(1 - 1.1 / count) < 5e7)
    }

    @Test("Body and stall stay as they were in a whole histogram", arguments: [1_000, 5_000, 30_000, 50_000])
    func histogram(count: Int) throws {
        let latencies = try Self.latencies(count)
        var bins: [Int: Int] = [:]
        for value in latencies { bins[Int(value / 2_000) * 2_000, default: 0] += 1 }
        let (sync, quality) = try Self.calibrate(
            latencies, "\"bins\": {\(bins.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", "))}")
        Self.check(sync, latencies)
        #expect(quality.contains("quantiles, their mean off by "), "\(quality)")
    }

    @Test("They do in fio's percentiles, whose last is far from the stall", arguments: [1_000, 5_000, 30_000, 50_000])
    func percentiles(count: Int) throws {
        let latencies = try Self.latencies(count)
        let levels = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 99.5, 99.9, 99.95, 99.99]
        let values = levels.map { level in
            "\"\(level)\": \(latencies[max(Int((level / 100 * Double(count) - 1e-6).rounded(.up)) - 1, 0)])"
        }
        let (sync, _) = try Self.calibrate(latencies, "\"percentile\": {\(values.joined(separator: ", "))}")
        Self.check(sync, latencies)
    }

    @Test("A device with two speeds is no device with all that lie between")
    func twoSpeeds() throws {
        let record = try #require(LatencyRecord(histogram: [(1e5, 700), (1.1e5, 10), (5e6, 280), (5.1e6, 10)]))
        let table = try Distribution.quantiles(
            QuantileTail.table(of: record).map { (p: $0.p, time: Nanoseconds(rounding: $0.value)) })
        #expect(abs(table.mean / record.mean - 1) < 0.005)
        #expect(table.quantile(0.709) < 2e5 && table.quantile(0.711) > 4.9e6)
    }

    @Test("The grid reaches as far as three latencies, whatever the last digit of a probability")
    func grid() throws {
        for count in [3_000, 6_000, 30_000, 300_000] {
            let record = try #require(LatencyRecord(values: (1...count).map { Double($0) }))
            let tails = record.quantiles.filter { $0.p > 0.95 && $0.p < 1 }
            #expect(abs((1 - (tails.last?.p ?? 0)) * Double(count) - 3) < 1e-3, "\(count)")
            #expect(record.quantiles.allSatisfy { $0.value == max(($0.p * Double(count)).rounded(), 1) })
        }
    }
}
