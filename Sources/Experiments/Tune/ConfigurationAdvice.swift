import SimTime

/// What to write into postgresql.conf.
enum ConfigurationAdvice {
    /// A line for each path whose value changes; paths that are no settings become comments.
    static func lines(_ paths: [String], from current: [String], to values: [String]) -> [String] {
        let prefix = "server.settings."
        return paths.indices.filter { current[$0] != values[$0] }.map { index in
            let (path, old, new) = (paths[index], current[index], values[index])
            guard path.hasPrefix(prefix) else { return "# \(path): \(old) -> \(new) (no setting of postgresql.conf)" }
            let name = String(path.dropFirst(prefix.count))
            return "\(name) = \(quoted(inUnits(of: name, new)))  # was \(old)"
        }
    }

    /// PostgreSQL knows no microseconds: a setting in them (`commit_delay`) takes a number only.
    private static func inUnits(of name: String, _ value: String) -> String {
        guard case .integer(unit: .microseconds, _)? = SettingTable.named(name)?.type,
            let duration = Nanoseconds(durationText: value)
        else { return value }
        return "\(duration.count / 1_000)"
    }

    /// Words, numbers, and whole numbers with units stand bare, anything else in single quotes (guc-file.l).
    private static func quoted(_ value: String) -> String {
        let isPlain = value.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "_-".unicodeScalars.contains(scalar)
        }
        let isBare = !value.isEmpty && (isPlain || Double(value) != nil)
        return isBare ? value : "'" + value.replacing("'", with: "''") + "'"
    }
}
