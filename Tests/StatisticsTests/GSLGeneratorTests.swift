import CGSL
import Testing

@testable import Statistics

@Suite("A stream lent to GSL")
struct GSLGeneratorTests {
    @Test("gives GSL the stream's own numbers, and what GSL draws is gone from the stream")
    func sharedPosition() {
        var reference = RandomStream(seed: 5, name: "gsl")
        var stream = RandomStream(seed: 5, name: "gsl")
        let drawn = stream.withGSLGenerator { (gsl_rng_uniform($0), gsl_rng_get($0)) }
        #expect(drawn.0 == reference.uniform())
        #expect(drawn.1 == UInt(reference.nextUInt64()))
        #expect(stream == reference)
    }

    @Test("is a generator of 64 bits by GSL's own account")
    func range() {
        var stream = RandomStream(seed: 5, name: "gsl")
        let (least, greatest) = stream.withGSLGenerator { (gsl_rng_min($0), gsl_rng_max($0)) }
        #expect(least == 0)
        #expect(greatest == UInt.max)
        let name = stream.withGSLGenerator { String(cString: gsl_rng_name($0)) }
        #expect(name == "walsim")
    }

    @Test("begins the stream of a key when GSL seeds it")
    func seeding() {
        var stream = RandomStream(seed: 5, name: "gsl")
        stream.withGSLGenerator { gsl_rng_set($0, 99) }
        #expect(stream == RandomStream(key: 99))
    }

    @Test("serves GSL's samplers: 100,000 gamma variates have the right distribution")
    func samplers() {
        var stream = RandomStream(seed: 6, name: "gsl")
        let samples = (0..<100_000).map { _ in stream.withGSLGenerator { gsl_ran_gamma($0, 2.5, 3) } }
        #expect(GoodnessOfFit.kolmogorovSmirnov(samples) { gsl_cdf_gamma_P($0, 2.5, 3) } < 1.95)
    }

    @Test("leaves errors to the caller: a probability of 2 gives NaN and does not abort")
    func errors() {
        GSL.prepare()
        #expect(gsl_cdf_gamma_Pinv(2, 1, 1).isNaN || gsl_cdf_gamma_Pinv(2, 1, 1).isInfinite)
        #expect(GSL.gamma(5) == 24)
        #expect(GSL.gamma(1_000).isNaN)
    }
}
