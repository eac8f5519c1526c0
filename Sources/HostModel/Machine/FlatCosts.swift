import Postgres
import SimTime

/// The cost table in the form that the hot path reads: raw memory, so that a copy costs no reference counting.
struct FlatCosts {
    private struct Cost {
        var base: Nanoseconds
        var perUnit: Double

        init(_ base: Nanoseconds, perUnit: Double, factor: Double) {
            self.base = factor == 1 ? base : Nanoseconds(rounding: Double(base.count) * factor)
            self.perUnit = perUnit * factor
        }
    }

    private let costs: UnsafeMutablePointer<Cost>

    /// - Parameter factor: how many times as long all work takes.
    init(_ table: CostTable, factor: Double = 1) {
        costs = .allocate(capacity: Work.count)
        for work in Work.allCases {
            (costs + work.rawValue).initialize(to: Cost(table[work], perUnit: table.perUnit(work), factor: factor))
        }
    }

    private init(_ costs: UnsafeMutablePointer<Cost>) { self.costs = costs }

    /// The same costs in memory of their own, with another cost of replay if one is given, in nanoseconds a byte.
    func copy(replay perByte: Double? = nil) -> FlatCosts {
        let copy = UnsafeMutablePointer<Cost>.allocate(capacity: Work.count)
        copy.initialize(from: costs, count: Work.count)
        if let perByte { copy[Work.replay.rawValue] = Cost(.zero, perUnit: perByte, factor: 1) }
        return FlatCosts(copy)
    }

    func deallocate() { costs.deallocate() }

    /// What some work costs.
    @inline(__always)
    func cost(_ work: Work, _ amount: Int) -> Nanoseconds {
        let cost = costs + work.rawValue
        guard amount > 0 else { return cost.pointee.base }
        return cost.pointee.base + Nanoseconds(cost: Double(amount) * cost.pointee.perUnit)
    }
}
