using RagCaching.Semantic.FailSafe;
using RagCaching.Semantic.Lookups;

namespace RagCaching.Semantic.Flights;

/// <summary>What callers of both kinds, for whole answers and for streams, need while an answer is being generated.</summary>
/// <param name="Runner">Generates answers.</param>
/// <param name="Left">Keeps what goes on without its caller.</param>
/// <param name="StandIns">Serves stored answers in place of new ones.</param>
/// <param name="Patience">How long callers wait.</param>
/// <param name="Reporter">Counts what becomes of requests.</param>
internal sealed record FlightServices(FlightRunner Runner, LeftFlights Left, StandIns StandIns, FlightPatience Patience, RequestReporter Reporter);
