import SimTime

/// The figures of a `CPUSpec` as its formulas take them: in nanoseconds, and reciprocals of the time constants.
struct CPURates {
    let warming: Double
    let cooling: Double
    let coldPenalty: Double
    /// What may be dropped of a cold start's cost: one per cent.
    let coldNegligible: Double
    let idlePoll: Double
    let idleExitBase: Double
    let idleExitGrowth: Double
    /// Zero: work costs the same however long ago it was last done.
    let refetch: Double
    /// Whether kicking a halted core is dearer than its own timer.
    let kicks: Bool
    /// Whether who has woken last comes first.
    let prefersNewest: Bool
    let evictionPenalty: Double
    let eviction: Double
    let absencePenalty: Double
    let absence: Double
    /// How long a process that waits must have been off its core to be pulled by another one; never: the longest time.
    let migrationCost: Nanoseconds

    init(_ spec: CPUSpec) {
        func rate(_ time: Nanoseconds) -> Double { 1 / Double(max(time.count, 1)) }
        warming = rate(spec.warmingTime)
        cooling = spec.coolingTime > .zero ? rate(spec.coolingTime) : 0
        coldPenalty = Double(spec.coldPenalty.count)
        coldNegligible = 0.01 * coldPenalty
        idlePoll = Double(spec.idlePoll.count)
        idleExitBase = Double(spec.idleExitBase.count)
        idleExitGrowth = Double(spec.idleExitGrowth.count)
        refetch = spec.refetch.factor > 0 ? rate(spec.refetch.time) : 0
        kicks = spec.kick.factor > 1 || spec.kick.cost > .zero
        prefersNewest = spec.wakeupPreemption == .newest
        evictionPenalty = Double(spec.evictionPenalty.count)
        eviction = rate(spec.evictionWork)
        absencePenalty = Double(spec.absencePenalty.count)
        absence = rate(spec.absenceTime)
        migrationCost = spec.migrationCost ?? Nanoseconds(.max)
    }
}
