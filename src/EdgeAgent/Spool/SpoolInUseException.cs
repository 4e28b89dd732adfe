namespace EdgeAgent.Spool;

/// <summary>Another agent uses the folder.</summary>
internal sealed class SpoolInUseException(string folder, int? owner)
    : Exception($"spool.path: another agent{(owner is null ? "" : $" (process {owner})")} uses {folder}; end it, or give this one a folder of its own");
