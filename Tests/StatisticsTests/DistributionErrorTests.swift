import SimTime
import Testing

import Statistics

@Suite("What is no distribution is rejected with a reason")
struct DistributionErrorTests {
    private func message(_ body: () throws -> Distribution) -> String? {
        do {
            _ = try body()
            return nil
        } catch { return "\(error)" }
    }

    @Test("Times that are negative, zero where that is nothing, or too long")
    func times() {
        #expect(message { try .constant(.milliseconds(-2)) } == "constant is -2ms; must be 0 or more")
        #expect(message { try .exponential(mean: .zero) } == "mean is 0ns; must be above 0")
        #expect(message { try .lognormal(median: Nanoseconds(-5), sigma: 1) } == "median is -5ns; must be above 0")
        #expect(message { try .gamma(shape: 1, scale: .zero) } == "scale is 0ns; must be above 0")
        #expect(
            message { try .exponential(mean: .max) } == "mean is \(Nanoseconds.max); must be at most 9007199.255s")
        #expect(message { try .constant(.zero) } == nil)
    }

    @Test("A uniform distribution without width")
    func uniform() {
        #expect(
            message { try .uniform(min: .milliseconds(3), max: .milliseconds(2)) }
                == "min is 3ms; must be below max (2ms)")
        #expect(message { try .uniform(min: Nanoseconds(-1), max: .zero) } == "min is -1ns; must be 0 or more")
    }

    @Test("A shape out of range is named", arguments: [0, -1, .nan, .infinity] as [Double])
    func shapes(_ value: Double) {
        let mean = Nanoseconds.milliseconds(1)
        #expect(message { try .lognormal(mean: mean, sigma: value) }?.hasPrefix("sigma is ") == true)
        #expect(message { try .gamma(shape: value, mean: mean) }?.hasPrefix("shape is ") == true)
        #expect(message { try .weibull(shape: value, scale: mean) }?.hasPrefix("shape is ") == true)
    }

    @Test("Messages name the parameter, the value and what is allowed")
    func messages() {
        let mean = Nanoseconds.milliseconds(1)
        #expect(message { try .lognormal(mean: mean, sigma: -1) } == "sigma is -1; must be above 0")
        #expect(message { try .lognormal(mean: mean, sigma: 10.5) } == "sigma is 10.5; must be at most 10")
        #expect(
            message { try .gamma(shape: 0.01, mean: mean) } == "shape is 0.01; must be at least 0.2 and at most 10000")
        #expect(message { try .weibull(shape: 0, mean: mean) } == "shape is 0; must be above 0")
    }

    @Test("Quantile tables that are empty, out of order or out of range")
    func quantiles() {
        let (one, two) = (Nanoseconds.microseconds(1), Nanoseconds.microseconds(2))
        #expect(message { try .quantiles([]) } == "it is empty; must have at least one [p, time]")
        #expect(message { try .quantiles([(50, one)]) } == "[0] is 50; must be from 0 to 1")
        #expect(message { try .quantiles([(.nan, one)]) } == "[0] is nan; must be from 0 to 1")
        #expect(
            message { try .quantiles([(0.5, one), (0.5, two)]) }
                == "[1] is 0.5; must be above the probability before it, 0.5")
        #expect(
            message { try .quantiles([(0.5, two), (0.9, one)]) }
                == "[1] is 1us; must be no less than the time before it, 2us")
        #expect(message { try .quantiles([(0.5, Nanoseconds(-1))]) } == "[0] is -1ns; must be 0 or more")
    }

    @Test("Mixtures without components or with weights that are not positive")
    func mixtures() {
        #expect(message { try .mixture([]) } == "it is empty; must have at least one component")
        #expect(
            message { try .mixture([(1, .zero), (0, .zero)]) } == "[1].weight is 0; must be above 0")
        #expect(message { try .mixture([(.infinity, .zero)]) } == "[0].weight is inf; must be at most 1000000000")
    }
}
