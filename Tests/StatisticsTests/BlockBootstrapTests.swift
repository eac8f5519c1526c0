import CGSL
import Testing

@testable import Statistics

@Suite("Block bootstrap")
struct BlockBootstrapTests {
    /// An autoregressive series of first order around 0.
    private func series(_ count: Int, correlation: Double, seed: UInt64) -> [Double] {
        var stream = RandomStream(seed: seed, name: "series")
        var value = 0.0
        // The first values forget where the series began.
        let all = (0..<count + 100).map { _ in
            value = correlation * value + gsl_cdf_ugaussian_Pinv(stream.uniform())
            return value
        }
        return Array(all.dropFirst(100))
    }

    /// Of 200 series' 95 % percentile intervals of the mean, how many hold the true one.
    private func covered(_ make: ([Double]) -> BlockBootstrap) -> Int {
        (0..<200 as Range<UInt64>).count { seed in
            let values = series(300, correlation: 0.8, seed: seed)
            let bootstrap = make(values)
            var stream = RandomStream(seed: seed, name: "bootstrap")
            let means = (0..<200).map { _ in
                bootstrap.places(&stream).reduce(0) { $0 + values[$1] } / Double(values.count)
            }.sorted()
            return means[4] <= 0 && 0 <= means[195]
        }
    }

    @Test("On a series that depends on its past its interval covers; that of single values is far too narrow")
    func coverage() {
        let blocks = covered { BlockBootstrap(of: [$0]) }
        let single = covered { BlockBootstrap(count: $0.count, blockLength: 1) }
        #expect(blocks >= 170, "\(blocks)")
        #expect(single <= 120, "\(single)")
    }

    @Test("Blocks are longer the longer the past matters, and short where it does not")
    func lengths() {
        func length(_ correlation: Double) -> Double {
            let lengths = (0..<20 as Range<UInt64>).map {
                Double(BlockBootstrap(of: [series(1_000, correlation: correlation, seed: $0)]).blockLength)
            }
            return lengths.reduce(0, +) / 20
        }
        // In theory, for a first-order autoregression: (6 n r^2 / (1 - r^2)^2)^(1/3), here 0, 13.9 and 30.9.
        #expect(length(0) < 4)
        #expect((9...18).contains(length(0.5)))
        #expect((25...50).contains(length(0.8)))
    }

    @Test("A constant or tiny series has blocks of one", arguments: [1, 2, 3, 4, 50])
    func constant(_ count: Int) {
        #expect(BlockBootstrap(of: [Array(repeating: 7, count: count)]).blockLength == 1)
        #expect(BlockBootstrap(of: [(0..<count).map { Double($0 % 2) }]).blockLength <= max(count / 3, 1) + 1)
    }

    @Test("The longest block that one of several series asks for is taken")
    func several() {
        let (fast, slow) = (series(500, correlation: 0, seed: 1), series(500, correlation: 0.8, seed: 1))
        #expect(BlockBootstrap(of: [fast, slow]) == BlockBootstrap(of: [slow]))
        #expect(BlockBootstrap(of: [fast]).blockLength < BlockBootstrap(of: [slow]).blockLength)
    }

    @Test("As many places as values, in blocks of neighbours, the first after the last, each as often as the others")
    func places() {
        let bootstrap = BlockBootstrap(count: 10, blockLength: 4)
        var stream = RandomStream(seed: 1, name: "places")
        var seen = [Int](repeating: 0, count: 10)
        for _ in 0..<3_000 {
            let places = bootstrap.places(&stream)
            #expect(places.count == 10)
            for (index, place) in places.enumerated() where index % 4 != 0 {
                #expect(place == (places[index - 1] + 1) % 10)
            }
            for place in places { seen[place] += 1 }
        }
        #expect(seen.allSatisfy { (2_800...3_200).contains($0) }, "\(seen)")
    }
}
