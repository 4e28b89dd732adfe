namespace Benchmarks.Cost;

/// <summary>List prices of us-east-1, as <c>docs/cost.md</c> says them, USD.</summary>
internal static class Prices
{
    public const double HoursAMonth = 730;
    public const double Shard = 0.015 * HoursAMonth;
    public const double PutUnit = 0.014e-6;
    public const int PutUnitBytes = 25 * 1024;
    public const double WriteUnit = 0.625e-6;
    public const double ReadUnit = 0.125e-6;
    public const double Invocation = 0.2e-6;

    /// <summary>On arm64.</summary>
    public const double GibibyteSecond = 0.0000133334;
    public const double LogByte = 0.5 / (1024 * 1024 * 1024);
    public const double Metric = 0.3;
    public const double Alarm = 0.1;
    public const double Publication = 0.5e-6;

    /// <summary>The first thousand a month cost nothing.</summary>
    public const double Mail = 2e-5;
    public const double Key = 1;
    public const double KeyCall = 0.03e-4;
}
