import Foundation
import SimTime
import Statistics

/// Finds the best of many settings, with a statistical guarantee, and says whether it is worth a change.
public enum Tuner {
    /// Answers a problem.
    ///
    /// - Parameters:
    ///   - jobs: how many simulations go on at a time; the answer does not depend on it.
    ///   - options: `onProgress` is told roughly how much is done.
    /// - Throws: an `InputError` about the problem, `TuneInterrupted`, or `Deadlock`.
    public static func run(
        _ problem: TuneProblem, jobs: Int = ProcessInfo.processInfo.activeProcessorCount,
        options: RunOptions = RunOptions()
    ) throws -> TuneResult {
        let space = try SearchSpace(problem)
        let progress = StagedProgress(options.onProgress)
        var options = options
        options.onProgress = { progress.update($0) }
        let lab = TuneLab(objective: problem.objective, pool: RunPool(jobs: max(jobs, 1), options: options))
        var search = try TuneSearch(problem, space, lab, progress, options)
        return try search.result()
    }
}

/// The stages of one search, one after the other.
private struct TuneSearch {
    let problem: TuneProblem
    let space: SearchSpace
    let lab: TuneLab
    let progress: StagedProgress
    let grid: [Int]
    /// What MSER-5 asks for.
    let transient: Nanoseconds?
    let finalists: FinalistSearch
    var warnings: [String] = []
    /// Settings that are too near a requirement to tell whether they meet it.
    var near: [Int] = []

    private static let firstStage = 0..<KimNelson.firstStage

    init(
        _ problem: TuneProblem, _ space: SearchSpace, _ lab: TuneLab, _ progress: StagedProgress, _ options: RunOptions
    ) throws {
        self.problem = problem
        self.space = space
        self.lab = lab
        self.progress = progress
        let present = try space.present()
        _ = lab.add(present)
        grid = try space.grid().map(lab.add).uniqued
        guard lab.settings.count > 1 else {
            throw SweepAxis.usage(problem.axes[0].axis.path, "no value is another than the scenario has")
        }
        progress.begin(0.02)
        transient = try WarmUpPilot.transient(of: present.scenario, options: options)
        lab.warmUp(atLeast: transient ?? .zero)
        progress.begin(0.2)
        finalists = try FinalistSearch(space, grid: ([TuneLab.present] + grid).uniqued, lab: lab)
    }

    mutating func result() throws -> TuneResult {
        progress.begin(0.45)
        try lab.simulate(compared, repeats: Self.firstStage)
        let numbers = finalists.finalists
        let feasible = try Feasibility.check(compared, problem.requirements, lab)
        let allowed = zip(compared, feasible).filter(\.1.isMet).map(\.0)
        near = zip(compared, feasible).filter { !$0.1.isCertain }.map(\.0)
        let selectable = allowed.filter(numbers.contains)
        let selection = try select(selectable)
        let best = selection.map { selectable[$0.best] } ?? TuneLab.present
        progress.begin(0.6)
        let challenger = best == TuneLab.present ? try runnerUp(numbers, allowed) : best
        let contest = try Contest(challenger, problem, lab, from: contestStart)
        let verdict = verdict(best, allowed, contest)
        progress.begin(0.95)
        let halfSync = try HalfSyncRule.verdict(space, lab, from: contestStart, bestGain: contest.gain)
        let clients =
            problem.searchesClients
            ? try ClientSearch(
                space, lab, contest: challenger, pays: verdict == .change, finalists: numbers, transient: transient
            )
            .dependence() : nil
        warn(selection, transient)
        let rows = try candidates(allowed, selection, selectable)
        return TuneResult(
            name: lab.present.scenario.name, scenarioHash: lab.present.scenario.canonicalHash,
            seed: lab.present.scenario.seed, objective: problem.objective, requirements: problem.requirements,
            shortfalls: allowed.isEmpty ? try Shortfall.all(compared, problem.requirements, lab) : [],
            indifference: problem.indifference, paths: problem.axes.map(\.axis.path), candidates: rows.candidates,
            best: rows.place[verdict == .change ? best : TuneLab.present] ?? 0, challenger: rows.place[challenger] ?? 0,
            verdict: verdict, gain: contest.gain, equivalencePValue: contest.equivalence, price: contest.price,
            repeats: max(selection?.rounds ?? 0, KimNelson.firstStage), simulations: lab.simulations,
            guarantee: guarantee(selection, selectable.count) + reservation(selection.map { _ in best }),
            warmup: (lab.present.scenario.warmup.seconds, transient?.seconds),
            configuration: verdict == .change
                ? ConfigurationAdvice.lines(
                    problem.axes.map(\.axis.path), from: space.current, to: lab.settings[best].values) : [],
            clients: clients, halfSync: halfSync, warnings: warnings)
    }

    /// The finalists behind the scenario as it is.
    private var compared: [Int] { ([TuneLab.present] + finalists.finalists).uniqued }

    /// The first repeat that no selection uses.
    private var contestStart: Int { finalists.usedRepeats + problem.repeatLimit }

    /// The best among those that meet the requirements; nil if none does.
    private func select(_ numbers: [Int]) throws -> Selection? {
        guard !numbers.isEmpty else { return nil }
        return try Selection(
            count: numbers.count, zone: problem.indifference,
            reference: try lab.scores(of: TuneLab.present, repeats: Self.firstStage), limit: problem.repeatLimit
        ) { systems, round in
            let repeated = finalists.usedRepeats + round
            try lab.simulate(systems.map { numbers[$0] }, repeats: repeated..<repeated + 1)
            return try systems.map { try lab.scores(of: numbers[$0], repeats: repeated..<repeated + 1)[0] }
        }
    }

    /// The best of the others: what would come next if the scenario were changed at all.
    private func runnerUp(_ numbers: [Int], _ allowed: [Int]) throws -> Int {
        let others = numbers.filter { $0 != TuneLab.present }
        let fitting = others.filter(allowed.contains)
        let scores = try (fitting.isEmpty ? others : fitting).map { number in
            (number, try lab.meanScore(of: number, repeats: Self.firstStage))
        }
        return scores.max { $0.1 < $1.1 || $0.1 == $1.1 && $0.0 > $1.0 }?.0 ?? TuneLab.present
    }

    private func verdict(_ best: Int, _ allowed: [Int], _ contest: Contest) -> TuneResult.Verdict {
        if allowed.isEmpty { return .impossible }
        if best == TuneLab.present { return .leave }
        // A scenario that breaks a requirement cannot stay as it is.
        if !allowed.contains(TuneLab.present) { return .change }
        return contest.isWorthIt ? .change : .leave
    }

    private func guarantee(_ selection: Selection?, _ count: Int) -> String {
        guard let selection else { return "no setting meets the requirements" }
        if count == 1 { return "the only one of \(finalists.tried) settings that meets the requirements" }
        let zone = "\(percent(problem.indifference)) of it"
        let among =
            finalists.tried > finalists.finalists.count
            ? "the \(count) finalists of \(finalists.tried) settings tried" : "\(count) settings"
        guard selection.isCertain else {
            return "not reached: \(selection.rounds) repeats could not tell the best of \(among) from those near it"
        }
        return "with \(percent(TuneProblem.confidence)) confidence the best of \(among), or within \(zone)"
            + " (Kim and Nelson's KN, common random numbers)"
    }

    /// What requirements that could not be decided take from the guarantee.
    private func reservation(_ best: Int?) -> String {
        if near.isEmpty { return "" }
        guard let best else { return "; \(near.count == 1 ? "one is" : "\(near.count) are") too near to tell" }
        if near.contains(best) { return "; whether it meets the requirements is too near to tell" }
        let others = near.count == 1 ? "one other meets" : "\(near.count) others meet"
        return "; whether \(others) the requirements is too near to tell"
    }

    private func percent(_ share: Double) -> String {
        let value = (share * 1e4).rounded() / 100
        return (value == value.rounded() ? String(Int(value)) : String(value)) + " %"
    }

    private mutating func warn(_ selection: Selection?, _ transient: Nanoseconds?) {
        if selection?.isCertain == false { warnings.append("the guarantee was not reached; allow more --repeats") }
        if !near.isEmpty {
            let labels = near.map { lab.settings[$0].label }.joined(separator: ", ")
            warnings.append(
                "\(Feasibility.looks.last ?? 0) repeats cannot tell whether a requirement is met, the mean decided: "
                    + labels)
        }
        if transient == nil {
            warnings.append("MSER-5 could not tell how long the transient is; the scenario's warm-up was used")
        }
    }

    /// What there is to say of each finalist, the scenario as it is first, and where each stands in the list.
    private func candidates(
        _ allowed: [Int], _ selection: Selection?, _ selectable: [Int]
    ) throws -> (candidates: [TuneCandidate], place: [Int: Int]) {
        let candidates = try compared.map { number in
            let rounds = max(
                selectable.firstIndex(of: number).flatMap { selection?.repeats[$0] } ?? 0, KimNelson.firstStage)
            let repeats = finalists.usedRepeats..<finalists.usedRepeats + rounds
            return TuneCandidate(
                values: lab.settings[number].values, label: lab.settings[number].label,
                objective: Estimate(try lab.values(problem.objective.metric.name, of: number, repeats: repeats)),
                gain: try lab.gain(of: number, over: TuneLab.present, repeats: repeats),
                p99: Estimate(try lab.values("latency_p99", of: number, repeats: repeats)),
                feasibility: Feasibility(isMet: allowed.contains(number), isCertain: !near.contains(number)),
                repeats: rounds)
        }
        return (candidates, Dictionary(uniqueKeysWithValues: compared.enumerated().map { ($1, $0) }))
    }
}
