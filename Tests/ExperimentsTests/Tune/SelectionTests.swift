import Foundation
import Statistics
import Testing

@testable import Experiments

@Suite("Selecting the best")
struct SelectionTests {
    /// One observation of each system in each round: a mean, noise that all share, and noise of its own.
    private struct Response {
        let means: [Double]
        let shared: Double
        let own: Double
        let seed: UInt64

        func observe(_ systems: [Int], _ round: Int) -> [Double] {
            let common = normal("common", round) * shared
            return systems.map { means[$0] + common + normal("system \($0)", round) * own }
        }

        /// Box and Muller's method.
        private func normal(_ name: String, _ round: Int) -> Double {
            var stream = RandomStream(seed: seed, name: "\(name) \(round)")
            return (-2 * log(stream.uniform())).squareRoot() * cos(2 * .pi * stream.uniform())
        }
    }

    private func select(_ response: Response, zone: Double = 0.02, limit: Int = 2_000) -> Selection {
        Selection(
            count: response.means.count, zone: zone, reference: Array(repeating: 100, count: 10), limit: limit,
            observe: response.observe)
    }

    /// The least favourable case: all others are just the indifference zone below the best.
    @Test("With the others one zone below, the best is selected in at least 95 of 100 trials")
    func guarantee() {
        let right = (0..<100).count { trial in
            var means = Array(repeating: 98.0, count: 6)
            means[trial % 6] = 100
            let response = Response(means: means, shared: 5, own: 2, seed: UInt64(trial))
            let selection = select(response)
            #expect(selection.isCertain)
            return selection.best == trial % 6
        }
        #expect(right >= 95, "\(right)")
    }

    @Test("Among settings closer than the zone one within the zone of the best is selected in at least 95 of 100")
    func withinZone() {
        let means = [99.5, 100, 99, 97.5, 96, 90]
        let right = (0..<100).count { trial in
            means[select(Response(means: means, shared: 5, own: 2, seed: UInt64(1_000 + trial))).best] >= 98
        }
        #expect(right >= 95, "\(right)")
    }

    @Test("What is far behind is left out after the first stage")
    func elimination() {
        let selection = select(Response(means: [100, 60, 99.9], shared: 10, own: 1, seed: 7))
        #expect(selection.repeats[1] == KimNelson.firstStage)
        #expect(selection.rounds >= KimNelson.firstStage && selection.isCertain)
        #expect(selection.best != 1)
    }

    @Test("Of settings that are the same the first is selected, and the procedure ends")
    func ties() {
        let selection = select(Response(means: [100, 100, 100], shared: 3, own: 0, seed: 1))
        #expect(selection.best == 0 && selection.isCertain && selection.rounds == KimNelson.firstStage)
    }

    @Test("A limit of rounds ends the procedure without its guarantee")
    func limit() {
        let selection = select(Response(means: [100, 100.1], shared: 0, own: 30, seed: 3), limit: 12)
        #expect(selection.rounds == 12 && !selection.isCertain)
    }
}
