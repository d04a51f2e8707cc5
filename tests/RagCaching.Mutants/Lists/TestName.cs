namespace RagCaching.Mutants.Lists;

/// <summary>A test, or with a method of "*" all tests of a class.</summary>
/// <param name="Project">The test project.</param>
/// <param name="Class">The class, without its namespace.</param>
/// <param name="Method">The method.</param>
internal sealed record TestName(string Project, string Class, string Method);
