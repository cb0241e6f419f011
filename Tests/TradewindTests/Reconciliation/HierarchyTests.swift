import Testing

@testable import Tradewind

@Suite("Hierarchies")
struct HierarchyTests {
  @Test("sums stand before their parts, whatever the order of the edges")
  func order() throws {
    let edges = [("a", "a1"), ("top", "a"), ("a", "a2"), ("top", "b")]
    let hierarchy = try Hierarchy(edges: edges.map { (parent: $0.0, child: $0.1) })
    #expect(hierarchy.names == ["top", "a", "a1", "a2", "b"])
    #expect(hierarchy.aggregated([1, 2, 4]) == [7, 3, 1, 2, 4])
    #expect(hierarchy.sizes == [3, 2, 1, 1, 1] && hierarchy.bottomCount == 3)
    #expect(hierarchy.incoherence(of: [7, 3, 1, 2, 5]) == 1)
    #expect(hierarchy.index(of: "b") == 4 && hierarchy.index(of: "c") == nil)
  }

  @Test("parts can be taken off, and a node can be a part of several sums")
  func weights() throws {
    let hierarchy = try Hierarchy(weighted: [
      ("balance", "exports", 1), ("balance", "imports", -1), ("trade", "exports", 1), ("trade", "imports", 1),
    ])
    #expect(Set(hierarchy.names.prefix(2)) == ["balance", "trade"])
    let values = hierarchy.aggregated([7, 4])
    #expect(
      values[hierarchy.index(of: "balance") ?? 0] == 3 && values[hierarchy.index(of: "trade") ?? 0] == 11)
  }

  @Test("crossed groups have a total and a sum for each group")
  func groups() throws {
    let cells = [("a", "peru", "henan"), ("b", "peru", "hunan"), ("c", "mexico", "henan")]
    let hierarchy = try Hierarchy(
      groups: ["partner", "province"], members: cells.map { .init($0.0, [$0.1, $0.2]) })
    #expect(
      hierarchy.names == [
        "total", "partner=peru", "partner=mexico", "province=henan", "province=hunan", "a", "b", "c",
      ])
    #expect(hierarchy.aggregated([1, 2, 4]) == [7, 3, 4, 5, 2, 1, 2, 4])
  }

  @Test("a year of months has quarters, half-years and the other sums that divide it")
  func temporal() {
    let year = Hierarchy.temporal(period: 12)
    #expect(year.sums.count == 1 + 2 + 3 + 4 + 6 && year.bottomCount == 12)
    let values = year.aggregated((1...12).map(Double.init))
    #expect(values[year.index(of: "12/1") ?? 1] == 78 && values[year.index(of: "3/2") ?? 1] == 15)
  }

  @Test("a deep chain of sums is no trouble, a circle is said")
  func depth() throws {
    let chain = (0..<20_000).map { (parent: "n\($0)", child: "n\($0 + 1)") }
    let hierarchy = try Hierarchy(edges: chain)
    #expect(hierarchy.bottomCount == 1 && hierarchy.names.first == "n0")
    #expect(throws: HierarchyError.cycle(node: "a")) {
      try Hierarchy(edges: [("a", "b"), ("b", "a")])
    }
    #expect(throws: HierarchyError.cycle(node: "a")) {
      try Hierarchy(edges: [("a", "a"), ("a", "b")])
    }
    #expect(throws: HierarchyError.empty) { try Hierarchy(edges: []) }
    #expect(throws: HierarchyError.repeated(parent: "a", child: "b")) {
      try Hierarchy(edges: [("a", "b"), ("a", "b")])
    }
    #expect(throws: HierarchyError.ambiguous(name: "a")) {
      try Hierarchy(groups: [], members: [.init("a", []), .init("a", [])])
    }
  }

  @Test("files of edges and of groups are read; errors name line and column")
  func files() throws {
    let edges = try HierarchyFile.parse("child,parent,weight\nb,a,\nc,a,-1\n", file: "h.csv")
    #expect(edges.aggregated([5, 2]) == [3, 5, 2])
    let groups = try HierarchyFile.parse("unique_id,partner\na,peru\nb,mexico\n", file: "h.csv")
    #expect(groups.names == ["total", "partner=peru", "partner=mexico", "a", "b"])
    let anywhere = try HierarchyFile.parse("partner,unique_id\nperu,a\nmexico,b\n", file: "h.csv")
    #expect(anywhere == groups)
    for (text, message) in [
      (
        "name,partner\na,peru\n",
        "h.csv:1: no column says what adds up; the header has 'name', 'partner'; expected the columns 'parent' and 'child', "
          + "or 'unique_id' and a column for each grouping"
      ),
      ("parent,child\na,\n", "h.csv:2:3: a name is missing; expected the name of a series"),
      (
        "parent,child\na,b\na,b\n",
        "h.csv:3:3: 'b' is given twice as a part of 'a'; expected each part of a sum once, and no sum in itself"
      ),
      (
        "parent,child,weight\na,b,x\n",
        "h.csv:2:5: 'x' is no weight; expected a number other than zero, such as 1 or -1"
      ),
      (
        "parent\na\n",
        "h.csv:1: there is no column 'child'; the header has 'parent'; expected a header with the column 'child'"
      ),
    ] {
      #expect {
        try HierarchyFile.parse(text, file: "h.csv")
      } throws: { "\($0)" == message }
    }
  }
}
