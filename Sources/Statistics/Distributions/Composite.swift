/// The kinds of distribution that are lists.
enum Composite: Sendable, Equatable {
    case quantiles(QuantileTable)
    case mixture(Mixture)

    /// The time at the uniform `u`: for a mixture not its quantile, as its components follow each other along `u`.
    func inverse(_ u: Double) -> Double {
        switch self {
        case .quantiles(let table): table.value(at: u)
        case .mixture(let mixture): mixture.inverse(u)
        }
    }

    func quantile(_ p: Double) -> Double {
        switch self {
        case .quantiles(let table): table.value(at: p)
        case .mixture(let mixture): mixture.quantile(p)
        }
    }

    var mean: Double {
        switch self {
        case .quantiles(let table): table.mean
        case .mixture(let mixture): mixture.mean
        }
    }

    func cumulative(_ time: Double) -> Double {
        switch self {
        case .quantiles(let table): table.cumulative(time)
        case .mixture(let mixture): mixture.cumulative(time)
        }
    }
}
