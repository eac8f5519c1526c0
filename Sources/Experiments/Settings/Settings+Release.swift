import Postgres
import WaitEvents

extension Settings {
    /// The defaults of a release where they differ from those of the others.
    init(defaultsOf release: PostgresRelease) {
        self.init()
        // 14 raised it to 0.9.
        if release == .v96 { checkpointCompletionTarget = 0.5 }
    }
}
