namespace EdgeAgent.Enrichment;

/// <summary>What /proc shows of a running process; empty where it shows nothing.</summary>
internal sealed record ProcDescription(
    string Image, IReadOnlyList<string> Arguments, bool ArgumentsTruncated, string CurrentDirectory)
{
    internal static readonly ProcDescription Empty = new("", [], false, "");
}
