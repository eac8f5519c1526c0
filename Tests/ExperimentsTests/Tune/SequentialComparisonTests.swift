import Foundation
import Statistics
import Testing

@testable import Experiments

@Suite("Looking repeatedly at a gain")
struct SequentialComparisonTests {
    private static let zone = 0.02

    /// Pairs of a base of 100 and something better by `gain`, with a spread of the differences of one zone.
    private func pairs(gain: Double, seed: UInt64, _ count: Int) -> (base: [Double], new: [Double]) {
        var stream = RandomStream(seed: seed, name: "pairs")
        // Box and Muller's method.
        let noise = (0..<count).map { _ in (-2 * log(stream.uniform())).squareRoot() * cos(2 * .pi * stream.uniform()) }
        return (Array(repeating: 100, count: count), noise.map { 100 * (1 + gain + Self.zone * $0) })
    }

    private func compare(gain: Double, seed: UInt64, limit: Int = 100) -> SequentialComparison {
        SequentialComparison(zone: Self.zone, limit: limit) { pairs(gain: gain, seed: seed, $0) }
    }

    @Test(
        "Looks double up to the limit",
        arguments: [(5, [10]), (10, [10]), (40, [10, 20, 40]), (100, [13, 25, 50, 100])])
    func looks(_ limit: Int, _ expected: [Int]) {
        #expect(SequentialComparison.looks(limit) == expected)
    }

    /// The worst case: the truth is the edge of the zone, so that every look is at a loss, and each may err.
    @Test("The last interval holds the truth at the edge of the zone in 95 of 100 trials; plain intervals do not")
    func coverage() {
        let covered = (0..<400).count { trial in
            compare(gain: Self.zone, seed: UInt64(trial)).gain.ci95?.contains(Self.zone) == true
        }
        #expect(covered >= 380, "\(covered)")
        // The same looks at plain 95 % intervals, ended by the first one that excludes the edge.
        let plain = (0..<400).count { trial in
            SequentialComparison.looks(100).allSatisfy { look in
                let (base, new) = pairs(gain: Self.zone, seed: UInt64(trial), look)
                return RelativeChange(from: base, to: new).ci95?.contains(Self.zone) == true
            }
        }
        #expect(plain < 365, "\(plain)")
    }

    @Test("Settings a zone apart are called equivalent in at most 5 of 100 trials")
    func equivalence() {
        let wrong = (0..<400).count { compare(gain: Self.zone, seed: UInt64($0)).equivalence < 0.05 }
        #expect(wrong <= 20, "\(wrong)")
    }

    @Test("What is clear is found soon: a large gain, and no difference at all")
    func soon() {
        let large = compare(gain: 0.1, seed: 1)
        #expect(large.repeats == 13 && (large.gain.ci95?.low ?? 0) > Self.zone)
        let none = SequentialComparison(zone: Self.zone, limit: 100) {
            (Array(repeating: 5, count: $0), Array(repeating: 5, count: $0))
        }
        #expect(none.repeats == 13 && none.equivalence < 0.001 && none.gain.mean == 0)
    }

    @Test("That there is no gain worth the change is found before the repeats are used up")
    func power() {
        let settled = (0..<100).map { compare(gain: 0, seed: UInt64($0)) }
        #expect(settled.count { $0.repeats < 100 } >= 95)
        #expect(settled.allSatisfy { ($0.gain.ci95?.low ?? 0) < Self.zone })
        #expect(settled.count { $0.equivalence < 0.05 } >= 80)
    }
}
