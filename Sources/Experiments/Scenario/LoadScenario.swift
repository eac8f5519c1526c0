/// Reads a scenario: parse, `--set`, check against the schema, complete, build.
///
/// - Parameters:
///   - bytes: the scenario's text.
///   - file: its path or name, for messages; files that it names are relative to its directory.
///   - sets: the values of `--set`, applied left to right.
///   - varied: after those, the values of `--vary` at one point of a sweep, in the same form.
///   - seedOverride: the value of `--seed`, which wins over `--set seed`.
///   - repeatsOverride: the value of `--repeats`, which wins over `--set repeats`.
/// - Throws: a `ScenarioError` with every problem found.
public func loadScenario(
    bytes: [UInt8], file: String, sets: [String] = [], varied: [String] = [], seedOverride: UInt64? = nil,
    repeatsOverride: Int? = nil, files: FileAccess = .disk
) throws(ScenarioError) -> Scenario {
    let completion = try completedScenario(
        bytes: bytes, file: file, sets: sets, varied: varied, seedOverride: seedOverride,
        repeatsOverride: repeatsOverride, files: files)
    var builder = ScenarioBuilder(completion, file: file)
    guard var scenario = builder.build(), completion.problems.isEmpty else {
        throw ScenarioError(.content, file: file, completion.problems + builder.problems)
    }
    scenario.warnings = completion.warnings + builder.warnings
    scenario.canonicalHash = CanonicalScenario.hash(completion.root)
    return scenario
}

/// A scenario's tree, checked and complete, before it becomes a `Scenario`; parameters as of `loadScenario`.
func completedScenario(
    bytes: [UInt8], file: String, sets: [String], varied: [String], seedOverride: UInt64?, repeatsOverride: Int?,
    files: FileAccess
) throws(ScenarioError) -> ScenarioCompletion {
    var options: [SetOption] = []
    for set in sets { options.append(try SetOption(set)) }
    for value in varied { options.append(try SetOption(value, at: .varyOption)) }
    if let seedOverride { options.append(try SetOption("seed=\(seedOverride)")) }
    if let repeatsOverride { options.append(try SetOption("repeats=\(repeatsOverride)")) }

    var root = try parsedScenario(bytes, file: file)
    root = try applied(options, to: root, file: file)
    root = withBuiltInTransactions(root, named: referencedTransactions(root))

    var checker = SchemaChecker()
    guard let checked = checker.check(root, ScenarioSchema.root, at: .root) else {
        throw ScenarioError(.content, file: file, checker.problems)
    }
    return ScenarioCompletion(checked: checked, file: file, files: files)
}

/// Reads a scenario from its text.
public func loadScenario(
    text: String, file: String, sets: [String] = [], seedOverride: UInt64? = nil, repeatsOverride: Int? = nil,
    files: FileAccess = .disk
) throws(ScenarioError) -> Scenario {
    try loadScenario(
        bytes: Array(text.utf8), file: file, sets: sets, seedOverride: seedOverride, repeatsOverride: repeatsOverride,
        files: files)
}

/// Finds and reads a scenario by the name that the user gave: see `ScenarioSource.find`.
public func loadScenario(
    named name: String, sets: [String] = [], seedOverride: UInt64? = nil, repeatsOverride: Int? = nil,
    files: FileAccess = .disk
) throws(ScenarioError) -> Scenario {
    let source = try ScenarioSource.find(name, files: files)
    return try loadScenario(
        bytes: source.bytes, file: source.name, sets: sets, seedOverride: seedOverride,
        repeatsOverride: repeatsOverride, files: files)
}

private func parsedScenario(_ bytes: [UInt8], file: String) throws(ScenarioError) -> JSONNode {
    do throws(JSONSyntaxError) {
        return try JSONParser.parse(bytes)
    } catch {
        throw ScenarioError(.content, file: file, [ScenarioProblem(.root / "line \(error.line)", error.message)])
    }
}

private func applied(_ options: [SetOption], to root: JSONNode, file: String) throws(ScenarioError) -> JSONNode {
    // What is no object has no paths; the schema's check complains about it.
    guard root.members != nil else { return root }
    var root = root
    for option in options {
        if option.path.parts.first == "transactions", option.path.parts.count > 2 {
            root = withBuiltInTransactions(root, named: [option.path.parts[1]])
        }
        do throws(ScenarioProblem) {
            root = try option.apply(to: root)
        } catch {
            throw ScenarioError(.content, file: file, [error])
        }
    }
    return root
}

/// The names of transactions that the clients run, whether or not the tree is valid.
private func referencedTransactions(_ root: JSONNode) -> [String] {
    let servers = [root] + (root["instances"]?.elements ?? [])
    return servers.compactMap { $0["clients"] }.flatMap { $0.elements ?? [$0] }.map { group in
        if case .string(let name) = group["transaction"]?.kind { return name }
        return "insert"
    }
}

/// The tree with built-in transactions spelled out where it does not define one of that name itself.
private func withBuiltInTransactions(_ root: JSONNode, named names: [String]) -> JSONNode {
    var transactions = root["transactions"].flatMap { $0.isNull ? nil : $0 } ?? .object([:])
    guard root.members != nil, transactions.members != nil else { return root }
    for name in names where transactions[name] == nil {
        if let builtIn = BuiltInTransactions.named(name) { transactions[name] = builtIn }
    }
    var root = root
    root["transactions"] = transactions
    return root
}
