import HostModel
import SimTime
import Statistics

/// Finds the numbers of clients with which a change pays.
///
/// A search looks at many comparisons, and one that is misled moves the answer. So each has a fixed number of repeats,
/// and the chance of an error is shared out among all that the search may make (Bonferroni's inequality).
struct ClientSearch {
    private let space: SearchSpace
    private let lab: TuneLab
    private let challenger: Int
    private let pays: Bool
    private let finalists: [Int]
    /// Repeats of each comparison.
    private static let repeats = 6
    /// Repeats in which candidates are compared to try one of them.
    private static let screening = 3
    /// Each end of the paying range is halved at most so often.
    private static let halvings = 4
    /// A quarter, half, all, twice and four times the present number.
    private static let steps = 5
    /// Each step is looked at twice at most: by a candidate for what pays elsewhere, and by the one chosen.
    private static let confidence = 1 - (1 - TuneProblem.confidence) / Double(2 * steps + 2 * halvings)
    /// More candidates than this are not tried with other numbers of clients.
    private static let candidateLimit = 8
    private static let most = 2_048
    /// Runs of a comparison measure at most this long; with more clients less, as they complete as much in less time.
    private static let longest = Nanoseconds.seconds(2)
    private static let shortest = Nanoseconds.milliseconds(100)
    /// What MSER-5 asks for; nil if it could not tell.
    private let transient: Nanoseconds?

    /// - Parameters:
    ///   - contest: the setting whose dependence is wanted if it pays now.
    ///   - pays: whether it does; if not, those of `finalists` are tried that may pay with other numbers.
    init(
        _ space: SearchSpace, _ lab: TuneLab, contest challenger: Int, pays: Bool, finalists: [Int],
        transient: Nanoseconds?
    ) {
        self.transient = transient
        self.space = space
        self.lab = lab
        self.challenger = challenger
        self.pays = pays
        self.finalists = finalists.filter { $0 != TuneLab.present }
    }

    /// The dependence; nil if the scenario has not just one group of clients in a closed loop, or its number is varied.
    func dependence() throws -> ClientDependence? {
        let scenario = lab.present.scenario
        guard scenario.clients.count == 1, case .closed = scenario.clients[0].load,
            !space.problem.axes.contains(where: { $0.axis.path.hasSuffix("clients.count") || $0.axis.path == "clients" }
            )
        else { return nil }
        let present = scenario.clients[0].count
        let ladder = [present / 4, present / 2, present, present * 2, present * 4]
            .filter { (1...Self.most).contains($0) }.uniqued
        let chosen = try pays ? challenger : firstThatPays(ladder, present)
        let gains = try ladder.map { try gain(of: chosen, clients: $0) }
        let rows = try zip(ladder, gains).map { clients, gain in
            ClientDependence.Row(clients: clients, gain: gain, halfSync: try halfSync(clients))
        }
        let paying = zip(ladder, gains).filter { isWorth($0.1) }.map(\.0)
        let (low, high) = try bounds(chosen, ladder, paying, present)
        return ClientDependence(
            present: present, rows: rows, label: lab.settings[chosen].label, paysFrom: low, paysUpTo: high,
            everPays: !paying.isEmpty)
    }

    /// At least the indifference zone, and not by chance.
    private func isWorth(_ gain: RelativeChange) -> Bool {
        (gain.mean ?? 0) >= space.problem.indifference && (gain.ci95?.low ?? -.infinity) > 0
    }

    /// The candidate with the greatest gain at the nearest number of clients at which any pays, in repeats other than
    /// those that chose it: the greatest of many gains is partly luck.
    private func firstThatPays(_ ladder: [Int], _ present: Int) throws -> Int {
        let candidates = finalists.prefix(Self.candidateLimit)
        let screening = repeats.upperBound..<repeats.upperBound + Self.screening
        for clients in ladder.filter({ $0 > present }) + ladder.filter({ $0 < present }).reversed() {
            let gains = try candidates.map { ($0, try gain(of: $0, clients: clients, in: screening).mean ?? 0) }
            guard let best = gains.max(by: { $0.1 < $1.1 }), best.1 > 0 else { continue }
            if isWorth(try gain(of: best.0, clients: clients)) { return best.0 }
        }
        return challenger
    }

    /// The ends of the range of clients around the paying ones of the ladder, searched by halving.
    private func bounds(
        _ number: Int, _ ladder: [Int], _ paying: [Int], _ present: Int
    ) throws -> (from: Int?, upTo: Int?) {
        // The paying stretch that is nearest to the present number.
        guard let nearest = paying.min(by: { abs($0 - present) < abs($1 - present) }),
            let place = ladder.firstIndex(of: nearest)
        else { return (nil, nil) }
        var (first, last) = (place, place)
        while first > 0, paying.contains(ladder[first - 1]) { first -= 1 }
        while last + 1 < ladder.count, paying.contains(ladder[last + 1]) { last += 1 }
        let from = first > 0 ? try flip(number, pays: ladder[first], not: ladder[first - 1]) : nil
        let upTo = last + 1 < ladder.count ? try flip(number, pays: ladder[last], not: ladder[last + 1]) : nil
        return (from, upTo)
    }

    /// The number nearest to `not` with which the change still pays, to an eighth.
    private func flip(_ number: Int, pays: Int, not: Int) throws -> Int {
        var (good, bad) = (pays, not)
        for _ in 0..<Self.halvings where abs(good - bad) > max(1, min(good, bad) / 8) {
            let middle = (good + bad) / 2
            if isWorth(try gain(of: number, clients: middle)) { good = middle } else { bad = middle }
        }
        return good
    }

    /// A setting's gain with another number of clients.
    private func gain(of number: Int, clients: Int, in repeats: Range<Int>? = nil) throws -> RelativeChange {
        try gain(clients, in: repeats) { more in try space.setting(lab.settings[number].values, more: more) }
    }

    private func halfSync(_ clients: Int) throws -> RelativeChange? {
        guard try HalfSyncRule.setting(space) != nil else { return nil }
        return try gain(clients) { try HalfSyncRule.setting(space, more: $0) }
    }

    private func gain(
        _ clients: Int, in repeats: Range<Int>? = nil, _ make: ([String]) throws -> TuneSetting?
    ) throws -> RelativeChange {
        let more = ["clients.count=\(clients)"]
        // A number that the scenario cannot have says nothing.
        guard let scenario = try? space.problem.base.scenario(varied: more), let changed = try? make(more) else {
            return .unknown
        }
        let plain = TuneSetting(values: space.current, label: "as it is", scenario: scenario)
        do {
            return try lab.gain(
                of: lab.add(shortened(changed, clients)), over: lab.add(shortened(plain, clients)),
                repeats: repeats ?? self.repeats, confidence: Self.confidence)
        } catch is InputError {
            // A run so short that the objective has no value in it, such as a latency without a commit.
            return .unknown
        }
    }

    /// Repeats that had no part in the selection, whose best of its own repeats would flatter.
    private var repeats: Range<Int> {
        let start = 2 * (space.problem.repeatLimit + KimNelson.firstStage)
        return start..<start + Self.repeats
    }

    /// The setting with a shorter run: where the answer flips need not be known to the last digit.
    private func shortened(_ setting: TuneSetting, _ clients: Int) -> TuneSetting {
        var setting = setting
        guard let duration = setting.scenario.duration, let present = lab.present.scenario.clients.first?.count
        else {
            return setting
        }
        let length = min(duration, Self.longest).seconds * min(1, Double(present) / Double(clients))
        let short = min(duration, max(Nanoseconds(rounding: length * 1e9), Self.shortest))
        setting.scenario.duration = short
        setting.scenario.phases = []
        if let transient {
            let warmup = max(transient * 2, Nanoseconds(short.count / 4))
            setting.scenario.warmup = min(setting.scenario.warmup, warmup)
        }
        return setting
    }
}
