/// What options of the command line change in a scenario's text before it is checked. Properties stand in the order in
/// which they are put in: what comes later wins.
public struct ScenarioOverrides: Sendable {
    /// The values of `--set`, `PATH=VALUE` each.
    public var sets: [String]
    /// The values of `--vary` at one point of a sweep, in the same form.
    public var varied: [String]
    /// The value of `--seed`.
    public var seed: UInt64?
    /// The value of `--repeats`.
    public var repeats: Int?

    /// Nothing but what is given.
    public init(sets: [String] = [], varied: [String] = [], seed: UInt64? = nil, repeats: Int? = nil) {
        self.sets = sets
        self.varied = varied
        self.seed = seed
        self.repeats = repeats
    }

    /// All of them as changes of the scenario's tree, in order.
    func options() throws(InputError) -> [SetOption] {
        var options: [SetOption] = []
        for set in sets { options.append(try SetOption(set)) }
        for value in varied { options.append(try SetOption(value, at: .varyOption)) }
        if let seed { options.append(try SetOption("seed=\(seed)")) }
        if let repeats { options.append(try SetOption("repeats=\(repeats)")) }
        return options
    }
}
