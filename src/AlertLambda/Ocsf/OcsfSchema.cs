namespace AlertLambda.Ocsf;

/// <summary>Numbers and names of the Open Cybersecurity Schema Framework that we write (https://schema.ocsf.io/1.8.0).</summary>
internal static class OcsfSchema
{
    /// <summary>The version that findings and events follow.</summary>
    internal const string Version = "1.8.0";

    /// <summary>Name of the product in every record.</summary>
    internal const string Product = "Edge pipeline";

    internal const int KernelClass = 1003;
    internal const int FileClass = 1001;
    internal const int ProcessClass = 1007;
    internal const int NetworkClass = 4001;
    internal const int FindingClass = 2004;
}
