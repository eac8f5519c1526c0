/// What to write into postgresql.conf.
enum ConfigurationAdvice {
    /// A line for each path whose value changes; paths that are no settings become comments.
    static func lines(_ paths: [String], from current: [String], to values: [String]) -> [String] {
        let prefix = "server.settings."
        return paths.indices.filter { current[$0] != values[$0] }.map { index in
            let (path, old, new) = (paths[index], current[index], values[index])
            guard path.hasPrefix(prefix) else { return "# \(path): \(old) -> \(new) (no setting of postgresql.conf)" }
            return "\(path.dropFirst(prefix.count)) = \(quoted(new))  # was \(old)"
        }
    }

    /// Words and numbers with units stand bare, anything else in single quotes.
    private static func quoted(_ value: String) -> String {
        let isBare = value.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "._-".unicodeScalars.contains(scalar)
        }
        return isBare && !value.isEmpty ? value : "'" + value.replacing("'", with: "''") + "'"
    }
}
