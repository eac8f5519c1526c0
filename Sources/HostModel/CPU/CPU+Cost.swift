import Postgres
import SimTime

/// What work costs on a core: more if the core has not done its kind for long, is cold or has busy siblings, or if the
/// hypervisor takes it away.
extension CPU {
    /// What some work costs on the core of the process that does it, by how long ago that core last did its kind.
    func refetched(_ process: Int32, _ work: Work, _ cost: Nanoseconds) -> Nanoseconds {
        guard rates.refetch > 0 else { return cost }
        let recent = processes[Int(process)].core.pointee.recentWork
        let missing = exponential.saturation(Double(recent.note(work, at: kernel.now).count) * rates.refetch)
        return cost + Nanoseconds(cost: RecentWork.fetched(cost) * recent.factor * missing)
    }

    /// The work with all that the model adds to it.
    func actualCost(_ work: Nanoseconds, _ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        var cost = work + coldExtra(work, core)
        if core.pointee.work >= core.pointee.stealAt { cost += steal(core) }
        if busyCores >= slowdownFrom {
            cost = Nanoseconds(cost: Double(cost.count) * (1 + spec.siblingSlowdown * crowded))
        }
        return cost
    }

    /// How many of the threads that share a core with another are busy, as a fraction. One thread a core: all or none.
    private var crowded: Double { spec.threadsPerCore == 1 ? 1 : Double(busyCores - slowdownFrom + 1) * crowding }

    /// A cold core works slower at first, and warms up with the work it does: what is left of the cold start's cost
    /// decays with it.
    private func coldExtra(_ work: Nanoseconds, _ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        let share = Double(work.count) * rates.warming
        let warmed = share < Self.shortShare ? Self.shortWarming(share) : exponential.saturation(share)
        let extra = core.pointee.coldLeft * warmed
        let left = core.pointee.coldLeft - extra
        core.pointee.coldLeft = left < rates.coldNegligible ? 0 : left
        return Nanoseconds(cost: extra)
    }

    /// The share of the warming time below which two terms of the series of `1 - exp(-x)` will do: within 1 in 300.
    static var shortShare: Double { 0.125 }

    @inline(__always)
    static func shortWarming(_ share: Double) -> Double { share - 0.5 * share * share }

    /// The hypervisor takes the core away for a while.
    private func steal(_ core: UnsafeMutablePointer<Core>) -> Nanoseconds {
        core.pointee.stealAt = core.pointee.work + drawExponential(spec.stealInterval)
        return Nanoseconds(drawExponential(spec.stealTime))
    }

    func drawExponential(_ mean: Nanoseconds) -> Int64 {
        Int64(Double(mean.count) * exponential.quantile(stealStream.uniform()))
    }
}
