import Experiments

/// Pictures over time.
extension RunPage {
    func sessionsFigure() -> HTMLPage.Figure? {
        let layers = sessionLayers()
        guard !layers.isEmpty else { return nil }
        let key = layers.map { layer in
            HTMLPage.Key.Entry(layer.name, layer.ink, HumanText.digits(layer.mean))
        }
        return HTMLPage.Figure(
            title: "Average active sessions by wait event",
            caption: """
                Each band is how many sessions of client backends were, on average over \
                \(HumanText.duration(timeline.interval * 1e6)), in that wait event; their sum is the load. Sessions \
                without a wait event are on CPU, ready for it, or in a sleep that PostgreSQL \
                \(result.release.rawValue) does not report. While the green band stays below the dashed line there are \
                cores to spare; the bands above it wait for something else. The numbers beside the names are averages \
                over the window.
                """,
            picture: sessionsOverTime(width: 1040, height: 400).inline("wide")
                + sessionsOverTime(width: 380, height: 320).inline("narrow"),
            shape: "wide", key: HTMLPage.Key(entries: key))
    }

    /// The main picture: what sessions did, interval by interval.
    func sessionsOverTime(width: Double, height: Double) -> Picture {
        let cores = HumanText.count(result.cores, "core")
        let areas = StackedAreas(
            layers: sessionLayers(), interval: timeline.interval, duration: timeline.duration,
            level: StackedAreas.Level(value: Double(result.cores), name: cores), phases: phases())
        return areas.picture("\(result.name): average active sessions by wait event", width: width, height: height)
    }

    /// CPU at the bottom, as it is what cores are for; then the most frequent events first.
    private func sessionLayers() -> [StackedAreas.Layer] {
        let layers = timeline.activeSessions.map { event, values in
            StackedAreas.Layer(
                name: event == "none" ? "no wait event (CPU)" : event, ink: palette.ink(event), values: values)
        }
        let highest = StackedAreas(layers: layers, interval: 1, duration: 1).highest
        let visible = layers.filter { $0.values.contains { $0 >= 0.01 * highest } }
        let rest = layers.filter { layer in !visible.contains { $0.name == layer.name } }
        return visible.filter { $0.ink.hue == .cpu }
            + visible.filter { $0.ink.hue != .cpu }.stableSorted { $0.mean > $1.mean }
            + (rest.count > 1 ? [sum(rest)] : rest)
    }

    private func sum(_ layers: [StackedAreas.Layer]) -> StackedAreas.Layer {
        let count = layers.map(\.values.count).max() ?? 0
        return StackedAreas.Layer(
            name: "\(layers.count) others", ink: Ink(.free),
            values: (0..<count).map { index in layers.reduce(0) { $0 + ($1.values[safe: index] ?? 0) } })
    }

    private func phases() -> [StackedAreas.Phase] {
        var start = 0.0
        return view.phases.map { phase in
            defer { start += phase.span.seconds }
            return StackedAreas.Phase(name: phase.span.name, start: start)
        }
    }

    func rateFigure() -> HTMLPage.Figure? {
        guard timeline.values("tps").contains(where: { $0 != nil }) else { return nil }
        return HTMLPage.Figure(
            title: "Throughput and mean latency",
            caption: """
                The same time axis as above. A latency that rises while the throughput does not is queueing; gaps in \
                the latency are intervals in which no transaction completed.
                """,
            picture: rates(width: 1040, height: 170).inline("wide") + rates(width: 380, height: 160).inline("narrow"),
            shape: "wide")
    }

    /// Two pictures below each other, for two units.
    private func rates(width: Double, height: Double) -> Picture {
        let end = max(timeline.duration, 1e-9)
        let ticks = Scale(.linear, 0, end, from: 0, to: 1).ticks(width > 600 ? 10 : 5)
        let unit = TimeUnit(largest: timeline.duration * 1e6)
        let time = Curves.Axis(
            unit: "time (\(unit.name))", label: { unit.label($0 * 1e6) }, ticks: ticks, low: 0, high: end)
        let latencies = timeline.values("latency_mean")
        let latencyUnit = TimeUnit(largest: latencies.compactMap(\.self).max() ?? 0)
        let upper = Curves(
            curves: [curve("throughput", Ink(.cpu), timeline.values("tps"))], x: time,
            y: Curves.Axis(unit: "transactions per second", label: AxisText.number))
        let lower = Curves(
            curves: [curve("mean latency", Ink(.lwlock), latencies)], x: time,
            y: Curves.Axis(unit: "mean latency (\(latencyUnit.name))", label: latencyUnit.label))
        let pictures = [upper, lower].map { $0.picture("", width: width, height: height) }
        return Picture("\(result.name): throughput and mean latency over time", width: width, height: 2 * height) {
            $0.append(pictures[0].drawing)
            $0.element("g", ["transform": "translate(0 \(px(height)))"]) { $0.append(pictures[1].drawing) }
        }
    }

    /// Intervals without a value interrupt the line.
    private func curve(_ name: String, _ ink: Ink, _ values: [Double?]) -> Curves.Curve {
        var curve = Curves.Curve(name: name, ink: ink, points: [])
        for case let (index, value?) in values.enumerated() {
            if index > 0, values[index - 1] == nil { curve.breaks.insert(curve.points.count) }
            curve.points.append((timeline.middle(index), value))
        }
        return curve
    }
}
