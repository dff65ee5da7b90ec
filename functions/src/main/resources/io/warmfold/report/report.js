(function () {
  "use strict";
  function key(row, column) {
    var cell = row.cells[column];
    var text = cell.getAttribute("data-v");
    return (text === null ? cell.textContent : text).trim();
  }
  function order(a, b, up) {
    if (a === "" || b === "") {
      return a === b ? 0 : a === "" ? 1 : -1;
    }
    var x = Number(a);
    var y = Number(b);
    var difference = isNaN(x) || isNaN(y) ? a.localeCompare(b) : x - y;
    return up ? difference : -difference;
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    var heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        var body = table.tBodies[0];
        Array.from(body.rows)
          .sort(function (a, b) { return order(key(a, column), key(b, column), up); })
          .forEach(function (row) { body.appendChild(row); });
      });
    });
  });
}());
