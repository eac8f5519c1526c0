import ArgumentParser
import Experiments

/// The options that name what is varied.
struct SpaceOptions: ParsableArguments {
    @Option(
        name: .customLong("vary"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Values for a path of the scenario, V1,V2,... or A..B:STEP; several options make a grid.",
            valueName: "path=values"))
    var varied: [String]

    @Option(
        name: .customLong("where"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Keep only points that satisfy this, such as 'commit_delay<=5000'; may be repeated.", valueName: "A<=B"))
    var conditions: [String] = []

    func validate() throws {
        if varied.isEmpty { throw ValidationError("give --vary PATH=VALUES at least once") }
    }

    /// The varied paths; throws an `InputError`.
    func axes() throws(InputError) -> [SweepAxis] {
        var axes: [SweepAxis] = []
        for text in varied { axes.append(try SweepAxis(option: text)) }
        return axes
    }

    /// The constraints; throws an `InputError`.
    func constraints() throws(InputError) -> [SweepConstraint] {
        var constraints: [SweepConstraint] = []
        for text in conditions { constraints.append(try SweepConstraint(option: text)) }
        return constraints
    }
}
