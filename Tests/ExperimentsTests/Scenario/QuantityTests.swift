import SimTime
import Testing

@testable import Experiments

@Suite struct QuantityTests {
    private func nanoseconds(_ text: String) throws -> Double {
        try UnitText.parseReal(text, units: UnitText.durationUnits)
    }

    @Test("A duration is a number and a unit")
    func durations() throws {
        #expect(try nanoseconds("1500us") == 1_500_000)
        #expect(try nanoseconds("1.5 ms") == 1_500_000)
        #expect(try nanoseconds(" 2min ") == 120e9)
        #expect(try nanoseconds("1h") == 3_600e9)
        #expect(try nanoseconds("0.15ns") == 0.15)
        #expect(try nanoseconds("-3s") == -3e9)
    }

    @Test("Only zero needs no unit, and units have their exact names")
    func units() throws {
        #expect(try nanoseconds("0") == 0)
        #expect(throws: UnitText.Failure.unitMissing) { try nanoseconds("5") }
        for unit in ["sec", "MS", "m", "us5", "e3ms"] {
            #expect(throws: UnitText.Failure.unitUnknown(unit)) { try nanoseconds("1" + unit) }
        }
        for text in ["", "ms", "--1ms", "1..5ms", "inf", "nan", "٣ms"] {
            #expect(throws: UnitText.Failure.notANumber) { try nanoseconds(text) }
        }
    }

    @Test("Sizes count in powers of 1,024")
    func sizes() throws {
        #expect(try UnitText.parseReal("64kB", units: UnitText.sizeUnits) == 65_536)
        #expect(try UnitText.parseReal("1.5GB", units: UnitText.sizeUnits) == 1_610_612_736)
        #expect(throws: UnitText.Failure.unitUnknown("mb")) { try UnitText.parseReal("1mb", units: UnitText.sizeUnits) }
    }

    @Test("A span is written in the largest unit that divides it")
    func exactUnits() {
        #expect(Nanoseconds.zero.inUnits == "0ns")
        #expect(Nanoseconds.milliseconds(1_500).inUnits == "1500ms")
        #expect(Nanoseconds.seconds(7_200).inUnits == "2h")
    }

    @Test("The nearest name is found through letters left out, added, swapped and replaced")
    func nearest() {
        let names = ["count", "name", "load", "transaction", "commit_delay", "commit_siblings"]
        for wrong in ["cont", "countt", "cuont", "count_", "COUNT", "coint"] {
            #expect(nearestName(to: wrong, among: names) == "count")
        }
        #expect(nearestName(to: "comit_delay", among: names) == "commit_delay")
        #expect(nearestName(to: "commitDelay", among: names) == "commit_delay")
        #expect(nearestName(to: "latency", among: names) == nil)
        #expect(nearestName(to: "", among: names) == nil)
        #expect(nearestName(to: String(repeating: "x", count: 1_000_000), among: names) == nil)
    }
}
