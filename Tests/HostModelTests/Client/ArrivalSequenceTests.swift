import SimTime
import Statistics
import Testing

@testable import HostModel

/// When a group's transactions are scheduled to start.
@Suite("Arrivals")
struct ArrivalSequenceTests {
    private func arrivals(
        _ load: ClientGroupSpec.Load, start: Instant = .zero, seed: UInt64 = 1
    ) -> ArrivalSequence {
        ArrivalSequence(load, name: "clients", start: start, seed: seed)
    }

    /// All arrivals before an instant.
    private func taken(_ sequence: ArrivalSequence, until end: Instant) -> [Instant] {
        var sequence = sequence
        var found: [Instant] = []
        while let next = sequence.next(now: .zero), next < end { found.append(next) }
        return found
    }

    private func seconds(_ count: Int64) -> Instant { .zero + .seconds(count) }

    @Test("With a closed load a client starts at once")
    func closed() {
        var sequence = arrivals(.closed)
        #expect(sequence.next(now: seconds(3)) == seconds(3))
    }

    @Test("An open load is a Poisson stream of its rate: mean and variance of counts are equal")
    func poisson() {
        let counts = (1...400).map { Double(taken(arrivals(.open(rate: 500), seed: $0), until: seconds(1)).count) }
        let summary = Summary(of: counts)!
        #expect(summary.interval(confidence: 0.99)!.contains(500))
        let ratio = summary.standardDeviation! * summary.standardDeviation! / 500
        #expect((0.8...1.2).contains(ratio))
    }

    @Test("Arrivals do not depend on when clients ask for them")
    func scheduledBeforehand() {
        var (eager, lazy) = (arrivals(.open(rate: 500)), arrivals(.open(rate: 500)))
        for index in 0..<100 as Range<Int64> {
            #expect(eager.next(now: .zero) == lazy.next(now: seconds(index)))
        }
    }

    @Test("A profile keeps the rate of each of its pieces, and the first one's before it")
    func profile() {
        let pieces = [(Nanoseconds.zero, 200.0), (.seconds(10), 3_000), (.seconds(12), 200)]
        let sequence = arrivals(.profile(pieces.map { (from: $0.0, rate: $0.1) }), start: seconds(5))
        let found = taken(sequence, until: seconds(25))
        func count(_ from: Int64, _ to: Int64) -> Double {
            Double(found.filter { $0 >= seconds(from) && $0 < seconds(to) }.count)
        }
        // Within four standard deviations of a Poisson count.
        for (measured, expected) in [
            (count(0, 5), 1_000.0), (count(5, 15), 2_000), (count(15, 17), 6_000), (count(17, 25), 1_600),
        ] {
            #expect(abs(measured - expected) < 4 * expected.squareRoot())
        }
    }

    @Test("Nothing arrives in a piece whose rate is zero")
    func pause() {
        let pieces: [(from: Nanoseconds, rate: Double)] = [(.zero, 100), (.seconds(1), 0), (.seconds(3), 100)]
        let found = taken(arrivals(.profile(pieces)), until: seconds(5))
        #expect(!found.contains { $0 >= seconds(1) && $0 < seconds(3) })
        #expect(found.contains { $0 < seconds(1) })
        #expect(found.contains { $0 >= seconds(3) })
    }

    @Test("After a last piece whose rate is zero nothing arrives any more")
    func end() {
        var sequence = arrivals(.profile([(from: .zero, rate: 100), (from: .seconds(1), rate: 0)]))
        var count = 0
        while sequence.next(now: .zero) != nil { count += 1 }
        #expect((50...150).contains(count))
    }

    @Test("A replay starts each transaction at its time, counted from t = 0, and then ends")
    func replay() {
        var sequence = arrivals(.replay([.us(3), .us(7), .seconds(2)]), start: seconds(1))
        #expect(sequence.next(now: .zero) == seconds(1) + .us(3))
        #expect(sequence.next(now: .zero) == seconds(1) + .us(7))
        #expect(sequence.next(now: .zero) == seconds(3))
        #expect(sequence.next(now: .zero) == nil)
    }
}
