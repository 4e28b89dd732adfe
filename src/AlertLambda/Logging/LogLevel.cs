namespace AlertLambda.Logging;

/// <summary>Who should read a log line.</summary>
public enum LogLevel
{
    /// <summary>Nobody, unless looking for something.</summary>
    Info = 0,

    /// <summary>Somebody, in working hours.</summary>
    Warning = 1,

    /// <summary>Somebody, now.</summary>
    Error = 2,
}
