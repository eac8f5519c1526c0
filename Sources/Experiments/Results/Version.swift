/// The simulator's own version, as `--version` and JSON give it.
public enum Walsim {
    /// The release, as in semantic versioning.
    public static let version = "0.1.0"
}
