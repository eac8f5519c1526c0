/// Distributions among which each sample chooses.
struct Mixture: Sendable, Equatable {
    struct Component: Sendable, Equatable {
        let weight: Double
        /// Sum of the weights of the components before this one.
        let start: Double
        let distribution: Distribution
    }

    /// Weights add up to 1.
    private let components: [Component]

    init(_ components: [(weight: Double, of: Distribution)]) throws {
        guard !components.isEmpty else {
            throw DistributionError(parameter: "", value: "empty", requirement: "have at least one component")
        }
        for (index, component) in components.enumerated() {
            try Check.number(component.weight, "[\(index)].weight", above: 0, atMost: 1e9)
        }
        let total = components.reduce(0) { $0 + $1.weight }
        var start = 0.0
        self.components = components.map { weight, distribution in
            defer { start += weight / total }
            return Component(weight: weight / total, start: start, distribution: distribution)
        }
    }

    private init(_ components: [Component]) { self.components = components }

    /// Every component's times `factor` as long.
    func scaled(by factor: Double) -> Mixture {
        Mixture(
            components.map {
                Component(weight: $0.weight, start: $0.start, distribution: $0.distribution.scaled(by: factor))
            })
    }

    /// The time at the uniform `u`: where `u` falls in the row of weights chooses the component, and how far into that
    /// component's weight gives the uniform for it. Independent of the choice, because `u` is uniform there too.
    func inverse(_ u: Double) -> Double {
        var index = components.count - 1
        while index > 0, u < components[index].start { index -= 1 }
        let component = components[index]
        let rest = (u - component.start) / component.weight
        // Rounding may bring the rest to an end of 0...1, where an inverse can be infinite.
        return component.distribution.inverse(min(1 - 0x1p-53, max(0x1p-53, rest)))
    }

    var mean: Double {
        components.reduce(0) { $0 + $1.weight * $1.distribution.mean }
    }

    func cumulative(_ time: Double) -> Double {
        components.reduce(0) { $0 + $1.weight * $1.distribution.cumulative(time) }
    }

    /// The quantile by bisection: a mixture's lies between the least and the greatest of its components'.
    func quantile(_ p: Double) -> Double {
        let quantiles = components.map { $0.distribution.quantile(p) }
        var low = quantiles.min() ?? 0
        var high = quantiles.max() ?? 0
        guard high.isFinite, cumulative(low) < p else { return p < 1 ? low : high }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if cumulative(middle) < p { low = middle } else { high = middle }
        }
    }
}
