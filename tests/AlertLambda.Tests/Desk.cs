using AlertLambda.Alerts;
using AlertLambda.Logging;
using AlertLambda.State;
using AlertLambda.Tuning;
using Detection.Rules;
using Detection.Tuning;

namespace AlertLambda.Tests;

/// <summary>What says what people are told, in tests that are about something else: everything one by one.</summary>
internal static class Desk
{
    public static NewsDesk Of(RulePack rules, EngineItems items, JsonLog log, TimeProvider clock, TuningPlan? plan = null) =>
        new("test", rules, plan ?? TuningPlan.None with { Rates = RateBounds.None }, items, new AlertComposer("test"), log, clock);
}
