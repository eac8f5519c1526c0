import Experiments
import SimTime
import WaitEvents

extension RunSections {
    /// What ran, for how long, and under which settings.
    func title() -> [Line] {
        let result = view.result
        let sessions = view.whole.clients
        let server = [
            "PostgreSQL \(result.release.rawValue)", HumanText.count(result.cores, "core"),
            HumanText.count(sessions, "session"),
        ]
        let settings = result.settings.commitPathText.map { "\($0.name)=\($0.value)" }
        let first = Line([
            Fragment(result.name, .strong), Fragment(glyphs.separator + server.joined(separator: glyphs.separator)),
        ])
        return [first, Line(run, .dim)]
            + wrapped(settings.joined(separator: " "), width: width, style: .dim)
            + (result.interrupted ? [Line("Interrupted: the figures cover what ran until then.", .warning)] : [])
    }

    private var run: String {
        let result = view.result
        let seconds = HumanText.duration(view.whole.span.seconds * 1e6)
        let span = result.repeats.count == 1 ? seconds : "\(result.repeats.count) repeats of \(seconds)"
        let time = result.ranOnThreads ? "\(span) on real threads" : "\(span) simulated in \(speed)"
        return ["seed \(result.seed)", time].joined(separator: glyphs.separator)
    }

    /// Wall time and how much faster than real time that was, warm-up included.
    private var speed: String {
        let wall = view.result.wallSeconds
        let simulated = view.result.repeats.reduce(0) { $0 + $1.whole.span.seconds + view.result.warmup.seconds }
        let text = HumanText.duration(wall * 1e6)
        return wall > 0 ? "\(text), \(HumanText.digits(simulated / wall)) times real time" : text
    }

    /// The finding, the most prominent text of the report.
    func finding() -> [Line] { wrapped(Finding.of(view).text, width: width, style: .strong) }
}
