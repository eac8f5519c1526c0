/// Numbers of the files that hold data, as the machine knows them.
public enum DataFile {
    /// pg_control.
    public static let control = 0
    /// The first relation's file; others follow.
    public static let firstRelation = 1
}
