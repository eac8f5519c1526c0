import CGSL
import Testing

import Statistics

@Suite("Warm-up removal")
struct WarmUpTests {
    private func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
        var stream = RandomStream(seed: seed, name: "noise")
        return (0..<count).map { _ in 10 + gsl_cdf_ugaussian_Pinv(stream.uniform()) }
    }

    @Test("batches consecutive observations and leaves an unfinished batch out")
    func batches() {
        #expect(WarmUp.batchMeans(of: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99]) == [3, 8])
        #expect(WarmUp.batchMeans(of: [1, 2, 3, 4], size: 2) == [1.5, 3.5])
        #expect(WarmUp.batchMeans(of: [1]).isEmpty)
    }

    @Test("agrees with the definition, worked by hand")
    func definition() {
        // Sums of squares over squared counts, from index 0 on: 83.3 / 36, 0 / 25.
        #expect(WarmUp.truncation(ofBatchMeans: [10, 0, 0, 0, 0, 0]) == 1)
        #expect(WarmUp.truncation(ofBatchMeans: [1, 1, 1, 1, 1, 1]) == 0)
        #expect(WarmUp.truncation(ofBatchMeans: []) == 0)
    }

    @Test("removes all of a planted step and little more", arguments: 1...20 as ClosedRange<UInt64>)
    func plantedStep(_ seed: UInt64) throws {
        var observations = noise(1_000, seed: seed)
        for index in 0..<150 { observations[index] += 8 }
        let truncation = try #require(WarmUp.truncation(ofBatchMeans: WarmUp.batchMeans(of: observations)))
        #expect((30...50).contains(truncation))
    }

    @Test("removes the bias of a transient that dies away")
    func decay() throws {
        var observations = noise(2_000)
        for index in observations.indices { observations[index] += 40 * exp(-Double(index) / 80) }
        let means = WarmUp.batchMeans(of: observations)
        let truncation = try #require(WarmUp.truncation(ofBatchMeans: means))
        let all = try #require(Summary(of: means))
        let rest = try #require(Summary(of: Array(means[truncation...])))
        #expect(all.mean > 11)
        #expect(abs(rest.mean - 10) < 0.15)
    }

    @Test("keeps nearly all of a series that is steady from the start")
    func steady() throws {
        let truncation = try #require(WarmUp.truncation(ofBatchMeans: WarmUp.batchMeans(of: noise(1_000))))
        #expect(truncation < 30)
    }

    @Test("says that a series which never settles is too short")
    func tooShort() {
        let trend = (0..<100).map { Double($0) }
        #expect(WarmUp.truncation(ofBatchMeans: trend) == nil)
    }
}
