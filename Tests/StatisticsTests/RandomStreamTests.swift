import Testing

@testable import Statistics

@Suite("A random stream")
struct RandomStreamTests {
    @Test("has the published output of SplitMix64 when its step is the golden one")
    func publishedVectors() {
        var stream = RandomStream(start: 1_234_567, gamma: RandomStream.goldenGamma)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in stream.nextUInt64() } == expected)
    }

    /// Results in the repository depend on these numbers: change the hash, and all of them change.
    @Test("keeps the numbers that belong to a seed and a name")
    func pinnedVectors() {
        var stream = RandomStream(seed: 1, name: "wal device sync")
        #expect(
            (0..<3).map { _ in stream.nextUInt64() } == [
                0x4725_d66e_5626_3798, 0x7a1d_8f9c_7685_c8cf, 0xc64d_06f0_924a_8777,
            ])
        var otherSeed = RandomStream(seed: 2, name: "wal device sync")
        #expect(otherSeed.nextUInt64() == 0x16e2_00ea_3ba1_bba0)
        var manyBytes = RandomStream(seed: 1, name: "wäl")
        #expect(manyBytes.nextUInt64() == 0x798a_9cf0_02d0_d817)
    }

    @Test("is the same however many other streams are made and drawn from")
    func independenceOfOtherConsumers() {
        var alone = RandomStream(seed: 7, name: "client 3")
        let expected = (0..<100).map { _ in alone.nextUInt64() }
        var others = (0..<50).map { RandomStream(seed: 7, name: "client \($0 + 4)") }
        var stream = RandomStream(seed: 7, name: "client 3")
        for value in expected {
            for index in others.indices { _ = others[index].nextUInt64() }
            #expect(stream.nextUInt64() == value)
        }
    }

    @Test("has distinct keys for 100,000 neighbouring seeds and names")
    func distinctStreams() {
        var firsts = Set<UInt64>()
        for seed in 0..<1_000 as Range<UInt64> {
            for consumer in 0..<100 {
                var stream = RandomStream(seed: seed, name: "client \(consumer)")
                firsts.insert(stream.nextUInt64())
            }
        }
        #expect(firsts.count == 100_000)
    }

    @Test("is uniform: 1,000,000 draws over 1,000 bins pass a chi-square test")
    func uniformity() {
        var stream = RandomStream(seed: 1, name: "uniformity")
        var counts = [Int](repeating: 0, count: 1_000)
        for _ in 0..<1_000_000 { counts[Int(stream.uniform() * 1_000)] += 1 }
        let probability = GoodnessOfFit.chiSquareProbability(counts)
        #expect(probability > 0.001 && probability < 0.999)
    }

    @Test("is uniform across streams: the first draws of 100,000 seeds pass a chi-square test")
    func uniformityAcrossSeeds() {
        var counts = [Int](repeating: 0, count: 100)
        for seed in 0..<100_000 as Range<UInt64> {
            var stream = RandomStream(seed: seed, name: "client 1")
            counts[stream.index(below: 100)] += 1
        }
        let probability = GoodnessOfFit.chiSquareProbability(counts)
        #expect(probability > 0.001 && probability < 0.999)
    }

    @Test("is not correlated with that of the next seed, of the next name, or with itself one draw later")
    func correlations() {
        func draws(_ seed: UInt64, _ name: String, skip: Int = 0) -> [Double] {
            var stream = RandomStream(seed: seed, name: name)
            for _ in 0..<skip { _ = stream.nextUInt64() }
            return (0..<100_000).map { _ in stream.uniform() }
        }
        let base = draws(1, "client 1")
        // Four standard errors of a correlation of 100,000 independent pairs.
        let limit = 4 / 100_000.0.squareRoot()
        for other in [draws(2, "client 1"), draws(1, "client 2"), draws(1, "client 1", skip: 1)] {
            #expect(abs(GoodnessOfFit.correlation(base, other)) < limit)
        }
    }

    @Test("never gives 0 or 1, even for the lowest and the highest 64 bits")
    func openInterval() {
        var lowest = RandomStream(start: 0 &- RandomStream.goldenGamma, gamma: RandomStream.goldenGamma)
        #expect(lowest.uniform() == 0x1p-53)
        // The state that mix() turns into all ones.
        var highest = RandomStream(
            start: 0xcf9a_04af_fa6b_adc0 &- RandomStream.goldenGamma, gamma: RandomStream.goldenGamma)
        var copy = highest
        #expect(copy.nextUInt64() == .max)
        #expect(highest.uniform() == 1 - 0x1p-53)
    }

    @Test("chooses each of seven indices equally often")
    func indices() {
        var stream = RandomStream(seed: 3, name: "indices")
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[stream.index(below: 7)] += 1 }
        let probability = GoodnessOfFit.chiSquareProbability(counts)
        #expect(probability > 0.001 && probability < 0.999)
    }

    @Test("is two words of plain memory")
    func size() {
        #expect(MemoryLayout<RandomStream>.size == 16)
        #expect(_isPOD(RandomStream.self))
    }
}
