/// The combinations that a search may try.
struct SearchSpace {
    let problem: TuneProblem
    /// What the scenario has at the paths now.
    let current: [String]

    private var axes: [SweepAxis] { problem.axes.map(\.axis) }

    init(_ problem: TuneProblem) throws(InputError) {
        self.problem = problem
        if let twice = firstDuplicate(problem.axes.map(\.axis.path)) {
            throw SweepAxis.usage(twice, "\(twice) is varied twice")
        }
        var current: [String] = []
        for axis in problem.axes { current.append(try problem.base.value(at: axis.axis.path)) }
        self.current = current
    }

    /// The scenario as it is.
    func present() throws(InputError) -> TuneSetting {
        TuneSetting(values: current, label: "as it is", scenario: try problem.base.scenario())
    }

    /// The combination of these values; nil if a constraint forbids it.
    func setting(_ values: [String], more: [String] = []) throws(InputError) -> TuneSetting? {
        for constraint in problem.constraints where try !constraint.holds(axes, values) { return nil }
        // What the scenario leaves open stays open.
        let options = zip(axes, values).filter { $1 != SweepBase.unset }.map { "\($0.path)=\($1)" }
        let label = try PointLabel(template: nil, axes: axes).text(values)
        return TuneSetting(values: values, label: label, scenario: try problem.base.scenario(varied: options + more))
    }

    /// The grid of all listed values.
    func grid() throws(InputError) -> [TuneSetting] {
        let plan = try SweepPlan(problem.base, axes: axes, constraints: problem.constraints)
        return plan.points.map { TuneSetting(values: $0.values, label: $0.label, scenario: $0.scenario) }
    }

    /// The combinations half-way between one and its neighbours among those tried, along each span.
    func halfWay(from values: [String], tried: [[String]]) throws(InputError) -> [TuneSetting] {
        var found: [TuneSetting] = []
        for (index, axis) in problem.axes.enumerated() {
            guard let span = axis.span, let place = span.number(of: values[index]) else { continue }
            let others = tried.compactMap { span.number(of: $0[index]) }.filter { $0 != place }
            let neighbours = [others.filter { $0 < place }.max(), others.filter { $0 > place }.min()]
            for neighbour in neighbours.compactMap({ $0 }) {
                guard let text = tried.first(where: { span.number(of: $0[index]) == neighbour })?[index],
                    let middle = span.middle(values[index], text)
                else { continue }
                var changed = values
                changed[index] = middle
                if let setting = try setting(changed) { found.append(setting) }
            }
        }
        return found
    }
}
