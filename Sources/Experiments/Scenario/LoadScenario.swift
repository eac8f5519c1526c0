/// Reads a scenario: parse, put in what options override, check against the schema, complete, build.
///
/// - Parameters:
///   - source: its text, and its path or name for messages; files that it names are relative to its directory.
///   - overrides: what the command line changes in it.
/// - Throws: an `InputError` with every problem found.
public func loadScenario(
    _ source: ScenarioSource, _ overrides: ScenarioOverrides = ScenarioOverrides(), files: FileAccess = .disk
) throws(InputError) -> Scenario {
    let completion = try completedScenario(source, overrides, files: files)
    var builder = ScenarioBuilder(completion, file: source.name)
    guard var scenario = builder.build(), completion.problems.isEmpty else {
        throw InputError(.content, file: source.name, completion.problems + builder.problems)
    }
    scenario.warnings = completion.warnings + builder.warnings
    scenario.canonicalHash = CanonicalScenario.hash(completion.root)
    return scenario
}

/// Finds and reads a scenario by the name that the user gave: see `ScenarioSource.find`.
public func loadScenario(
    named name: String, sets: [String] = [], seed: UInt64? = nil, repeats: Int? = nil, files: FileAccess = .disk
) throws(InputError) -> Scenario {
    let source = try ScenarioSource.find(name, files: files)
    return try loadScenario(source, ScenarioOverrides(sets: sets, seed: seed, repeats: repeats), files: files)
}

/// Reads a scenario from its text.
public func loadScenario(
    text: String, file: String, sets: [String] = [], files: FileAccess = .disk
) throws(InputError) -> Scenario {
    let source = ScenarioSource(name: file, text: text)
    return try loadScenario(source, ScenarioOverrides(sets: sets), files: files)
}

/// A scenario's tree, checked and complete, before it becomes a `Scenario`.
func completedScenario(
    _ source: ScenarioSource, _ overrides: ScenarioOverrides, files: FileAccess
) throws(InputError) -> ScenarioCompletion {
    let options = try overrides.options()
    var root = try parsedScenario(source)
    root = try applied(options, to: root, file: source.name)
    root = withBuiltInTransactions(root, named: referencedTransactions(root))

    var checker = SchemaChecker()
    guard let checked = checker.check(root, ScenarioSchema.root, at: .root) else {
        throw InputError(.content, file: source.name, checker.problems)
    }
    return ScenarioCompletion(checked: checked, file: source.name, files: files)
}

private func parsedScenario(_ source: ScenarioSource) throws(InputError) -> JSONNode {
    do throws(JSONSyntaxError) {
        return try JSONParser.parse(source.bytes)
    } catch {
        throw InputError(.content, file: source.name, [InputProblem(.root / "line \(error.line)", error.message)])
    }
}

private func applied(_ options: [SetOption], to root: JSONNode, file: String) throws(InputError) -> JSONNode {
    // What is no object has no paths; the schema's check complains about it.
    guard root.members != nil else { return root }
    var root = root
    for option in options {
        if option.path.parts.first == "transactions", option.path.parts.count > 2 {
            root = withBuiltInTransactions(root, named: [option.path.parts[1]])
        }
        do throws(InputProblem) {
            root = try option.apply(to: root)
        } catch {
            throw InputError(.content, file: file, [error])
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
    var transactions = root["transactions"].flatMap { $0.isLeftOut ? nil : $0 } ?? .object([:])
    guard root.members != nil, transactions.members != nil else { return root }
    for name in names where transactions[name] == nil {
        if let builtIn = BuiltInTransactions.named(name) { transactions[name] = builtIn }
    }
    var root = root
    root["transactions"] = transactions
    return root
}
