namespace Amazon.Lambda.Core;

/// <summary>The log of a function. Escaping what an attacker controls is the caller's duty.</summary>
public interface ILambdaLogger
{
    /// <summary>Writes the text as it is, without an end of line.</summary>
    void Log(string message);

    /// <summary>Writes one entry.</summary>
    void LogLine(string message);

    /// <summary>
    /// Writes one entry at a level: <c>Trace</c>, <c>Debug</c>, <c>Information</c>, <c>Warning</c>, <c>Error</c> or
    /// <c>Critical</c>.
    /// </summary>
    void Log(string level, string message) => LogLine(message);

    /// <summary>Writes one entry at level Debug.</summary>
    void LogDebug(string message) => Log("Debug", message);

    /// <summary>Writes one entry at level Information.</summary>
    void LogInformation(string message) => Log("Information", message);

    /// <summary>Writes one entry at level Warning.</summary>
    void LogWarning(string message) => Log("Warning", message);

    /// <summary>Writes one entry at level Error.</summary>
    void LogError(string message) => Log("Error", message);
}
